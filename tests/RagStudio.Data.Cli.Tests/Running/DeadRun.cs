using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Leaves a folder as a migration does whose process is killed halfway.</summary>
internal static class DeadRun
{
    /// <summary>Migrates, and then restores the files to their state just after a migration was committed.</summary>
    /// <param name="dataDirectory">The databases, with pending migrations.</param>
    /// <param name="dieIn">The database in which the process dies.</param>
    /// <param name="only">The only database to migrate; <see langword="null"/> for both.</param>
    public static async Task LeaveAsync(string dataDirectory, string dieIn, string? only = null)
    {
        var kept = dataDirectory + ".dead";
        await MigrateAsync(dataDirectory, only, step => Keep(step, dieIn, dataDirectory, kept));
        Directory.Delete(dataDirectory, recursive: true);
        Directory.Move(kept, dataDirectory);
    }

    /// <summary>Migrates, observed by a test.</summary>
    public static async Task MigrateAsync(string dataDirectory, string? only, Action<MigrationProgress> watch)
    {
        var environment = new CliEnvironment(TextWriter.Null, TextWriter.Null, dataDirectory, _ => null);
        var settings = new CliSettings(dataDirectory, SingleDatabase: false, only, null, null, null);
        var output = new CommandOutput(environment, default);
        await using var services = DataServices.Create(settings, environment, output, null);
        await services
            .GetRequiredService<IMigrationManager>()
            .MigrateAsync(new DirectProgress<MigrationProgress>(watch));
    }

    private static void Keep(MigrationProgress step, string dieIn, string from, string to)
    {
        if (step is { Phase: MigrationPhase.Apply, Completed: > 0 } && step.Database == dieIn && !Directory.Exists(to))
        {
            Copy(from, to);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (
            var file in Directory.EnumerateFiles(from).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
