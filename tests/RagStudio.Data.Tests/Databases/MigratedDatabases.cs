using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>
/// Both databases migrated to the latest version, created once for each layout and copied for each test that starts there.
/// </summary>
[SetUpFixture]
internal sealed class MigratedDatabases
{
    private static readonly Lazy<TemporaryFolder> Split = new(() => Migrate(singleDatabase: false));
    private static readonly Lazy<TemporaryFolder> Single = new(() => Migrate(singleDatabase: true));

    public static void CopyTo(string directory, bool singleDatabase = false)
    {
        foreach (var file in Directory.GetFiles((singleDatabase ? Single : Split).Value.Path))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }
    }

    [OneTimeTearDown]
    public void Delete()
    {
        foreach (var folder in new[] { Split, Single }.Where(folder => folder.IsValueCreated))
        {
            folder.Value.Dispose();
        }
    }

    private static TemporaryFolder Migrate(bool singleDatabase)
    {
        var folder = new TemporaryFolder();
        var options = new RagStudioDataOptions { DataDirectory = folder.Path, SingleDatabase = singleDatabase };
        var appMeta = new DbContextOptionsBuilder<AppMetaContext>();
        RagStudioDatabase.AppMeta(options).Configure(appMeta);
        using (var context = new AppMetaContext(appMeta.Options))
        {
            context.Database.Migrate();
        }

        var events = new DbContextOptionsBuilder<EventsContext>();
        RagStudioDatabase.Events(options).Configure(events);
        using (var context = new EventsContext(events.Options))
        {
            context.Database.Migrate();
        }

        // The last connection to close moves everything from the WAL into the file: only then is a copy complete.
        SqliteConnection.ClearAllPools();
        return folder;
    }
}
