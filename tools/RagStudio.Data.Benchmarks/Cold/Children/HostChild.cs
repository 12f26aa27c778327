using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.Benchmarks;

/// <summary>A host that starts and stops.</summary>
internal static class HostChild
{
    public static Task RunEmptyAsync() => RunAsync(Host.CreateApplicationBuilder());

    /// <summary>Runs a host with RAG Studio's data, which is migrated while the host starts.</summary>
    public static Task RunOursAsync(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddRagStudioData(options => options.DataDirectory = folder);
        return RunAsync(builder);
    }

    private static async Task RunAsync(HostApplicationBuilder builder)
    {
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
