using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The base cost of every program with a container, options and logging: they are set up and resolved once.
/// </summary>
internal static class EmptyContainerChild
{
    public static async Task RunAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<Settings>().Configure(settings => settings.Folder = "data");
        await using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<Settings>>().Value;
        _ = provider.GetRequiredService<ILogger<Settings>>();
    }

    private sealed class Settings
    {
        public string? Folder { get; set; }
    }
}
