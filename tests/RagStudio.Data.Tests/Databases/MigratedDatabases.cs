using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>
/// Both databases migrated to the latest version, created once and copied for each test that starts there.
/// </summary>
[SetUpFixture]
internal sealed class MigratedDatabases
{
    private static readonly TemporaryFolder Folder = new();

    public static void CopyTo(string directory)
    {
        foreach (var file in Directory.GetFiles(Folder.Path))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }
    }

    [OneTimeSetUp]
    public async Task MigrateAsync()
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder.Path };
        var appMeta = new DbContextOptionsBuilder<AppMetaContext>();
        RagStudioDatabase.AppMeta(options).Configure(appMeta);
        using (var context = new AppMetaContext(appMeta.Options))
        {
            await context.Database.MigrateAsync();
        }

        var events = new DbContextOptionsBuilder<EventsContext>();
        RagStudioDatabase.Events(options).Configure(events);
        using (var context = new EventsContext(events.Options))
        {
            await context.Database.MigrateAsync();
        }

        // The last connection to close moves everything from the WAL into the file: only then is a copy complete.
        SqliteConnection.ClearAllPools();
    }

    [OneTimeTearDown]
    public void Delete() => Folder.Dispose();
}
