using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

// The database for `dotnet ef`: in RAGSTUDIO_DATA_DIR or ./data, with the layout from
// RAGSTUDIO_SINGLE_DATABASE or the existing one.
internal static class DesignTimeDatabase
{
    private const string RootMark = "RagStudio.Data.sln";

    public static DbContextOptions<TContext> OptionsFor<TContext>(Func<RagStudioDataOptions, RagStudioDatabase> choose)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        choose(FromEnvironment()).Configure(builder);
        return builder.AddInterceptors(new DirectoryCreatingInterceptor()).Options;
    }

    private static RagStudioDataOptions FromEnvironment() =>
        new()
        {
            DataDirectory = Path.Combine(Root(), Environment.GetEnvironmentVariable("RAGSTUDIO_DATA_DIR") ?? "data"),
            SingleDatabase = bool.TryParse(
                Environment.GetEnvironmentVariable("RAGSTUDIO_SINGLE_DATABASE"),
                out var single
            )
                ? single
                : null,
        };

    // `dotnet ef` starts in the project's folder, but "./data" is relative to the root, where the command was typed.
    private static string Root()
    {
        var folder = Environment.CurrentDirectory;
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, RootMark)))
            {
                return above;
            }
        }

        return folder;
    }
}
