using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>RAG Studio, which moves its events, or starts.</summary>
public static class LayoutApplication
{
    public const string Split = "split";
    public const string Join = "join";
    public const string Start = "start";

    public static async Task RunAsync(string folder, string command, string killAt)
    {
        var points = new CrashPoint(killAt, Console.WriteLine);
        RunPoints.Watch(name => points.Reach(name));
        await RunAsync(folder, command, points);
    }

    /// <summary>Runs it in this process.</summary>
    /// <returns>The points that it has come to.</returns>
    public static async Task<IReadOnlyList<string>> RunHereAsync(string folder, string command)
    {
        var reached = new List<string>();
        var points = new CrashPoint("", point => reached.Add(point.Split(' ')[0]));
        RunPoints.Watch(name => points.Reach(name));
        await RunAsync(folder, command, points);
        return reached;
    }

    private static async Task RunAsync(string folder, string command, IProgress<MigrationProgress> progress)
    {
        var services = new ServiceCollection();
        services.AddRagStudioData(options => options.DataDirectory = folder);
        await using var provider = services.BuildServiceProvider();
        _ = command switch
        {
            Split => (object?)await provider.GetRequiredService<IRagStudioLayout>().SplitAsync(progress),
            Join => await provider.GetRequiredService<IRagStudioLayout>().JoinAsync(progress),
            _ => await provider.GetRequiredService<IMigrationManager>().MigrateAsync(progress),
        };
    }
}
