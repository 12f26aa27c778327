using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Benchmarks;

/// <summary>Writes the files that <c>ragstudio-db archive</c> writes for a generated context.</summary>
internal static class ArchiveChild
{
    public static async Task RunAsync(string folder, string connectionString, string assembly, string before)
    {
        await using var services = OursGeneratedChild.Services(connectionString, assembly).BuildServiceProvider();
        var database = services.GetRequiredService<MigrationSet>().Databases.Single();
        var compiled = database.Compile();
        var content = MigrationArchiver.Create(database, compiled, before);
        var archive = MigrationArchive.Read(new MemoryStream(content));
        await MigrationArchiver.ProveAsync(database, archive, CancellationToken.None);
        await File.WriteAllBytesAsync(Path.Combine(folder, archive.FileName), content);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, compiled.FileName),
            compiled.Without(archive.Versions).ToJson()
        );
    }
}
