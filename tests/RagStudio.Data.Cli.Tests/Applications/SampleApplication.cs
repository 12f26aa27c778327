namespace RagStudio.Data.Cli.Tests;

/// <summary>The built sample application. No test refers to its types.</summary>
internal static class SampleApplication
{
    /// <summary>Contains the contexts and most migrations.</summary>
    public static string Assembly => Of("RagStudio.Data.SampleApp");

    /// <summary>Contains the migrations and the factory of a context in the other assembly.</summary>
    public static string MigrationsAssembly => Of("RagStudio.Data.SampleApp.Migrations");

    /// <summary>Registers contexts with a host.</summary>
    public static string Host => Of("RagStudio.Data.SampleHost");

    /// <summary>Registers contexts with the host of a web application.</summary>
    public static string Web => Of("RagStudio.Data.SampleWeb");

    /// <summary>Contains contexts on PostgreSQL.</summary>
    public static string Server => Of("RagStudio.Data.SampleServerApp");

    /// <summary>Contains a context with migrations for SQLite and PostgreSQL.</summary>
    public static string Both => Of("RagStudio.Data.PostgreSql.CrashHost");

    private static string Of(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var framework = output.Name;
        var configuration = output.Parent!.Name;
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, project, "bin", configuration, framework, project + ".dll");
    }
}
