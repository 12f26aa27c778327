using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

// What `dotnet ef` works on: RAGSTUDIO_DATA_DIR or ./data, and one file when RAGSTUDIO_SINGLE_DATABASE is true.
internal static class DesignTimeDatabase
{
    public static DbContextOptions<TContext> OptionsFor<TContext>(Func<RagStudioDataOptions, RagStudioDatabase> choose)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        choose(FromEnvironment()).Configure(builder);
        return builder.AddInterceptors(new DirectoryCreatingInterceptor()).Options;
    }

    private static RagStudioDataOptions FromEnvironment()
    {
        var options = new RagStudioDataOptions
        {
            SingleDatabase =
                bool.TryParse(Environment.GetEnvironmentVariable("RAGSTUDIO_SINGLE_DATABASE"), out var single)
                && single,
        };
        if (Environment.GetEnvironmentVariable("RAGSTUDIO_DATA_DIR") is { Length: > 0 } directory)
        {
            options.DataDirectory = directory;
        }

        return options;
    }
}
