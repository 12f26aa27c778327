using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.SampleHost;

/// <summary>Creates a file when the application starts.</summary>
internal sealed class StartMark : BackgroundService
{
    public static void Write(string text) => File.WriteAllText("started.txt", text);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Write("the service started");
        return Task.CompletedTask;
    }
}
