namespace RagStudio.Data.Cli.Tests;

/// <summary>The sample application as it was built, of which no test knows a type.</summary>
internal static class SampleApplication
{
    /// <summary>Has the contexts and most migrations.</summary>
    public static string Assembly => Of("RagStudio.Data.SampleApp");

    /// <summary>Has the migrations and the factory of a context of the other assembly.</summary>
    public static string MigrationsAssembly => Of("RagStudio.Data.SampleApp.Migrations");

    /// <summary>Registers contexts with a host.</summary>
    public static string Host => Of("RagStudio.Data.SampleHost");

    /// <summary>Does so as a web application.</summary>
    public static string Web => Of("RagStudio.Data.SampleWeb");

    private static string Of(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var framework = output.Name;
        var configuration = output.Parent!.Name;
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, project, "bin", configuration, framework, project + ".dll");
    }
}
