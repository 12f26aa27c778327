namespace RagStudio.Data.Scripts.Tests;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string EfMigrationsScript => Path.Combine(Root, "efmigrations.ps1");

    /// <summary>The ids of a context's migrations, oldest first, from the names of their files.</summary>
    public static IReadOnlyList<string> MigrationsOf(string context)
    {
        var folder = Path.Combine(Root, "src", "RagStudio.Data", "Migrations", context);
        var designers = Directory.GetFiles(folder, "*.Designer.cs").Select(Path.GetFileName);
        return [.. designers.Select(file => file![..^".Designer.cs".Length]).Order(StringComparer.Ordinal)];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
