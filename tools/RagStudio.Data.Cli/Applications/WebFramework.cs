using System.Reflection;

namespace RagStudio.Data.Cli;

/// <summary>The shared framework of web applications, whose contexts often name its types. The tool itself runs without it.</summary>
internal static class WebFramework
{
    private const string Name = "Microsoft.AspNetCore.App";

    /// <summary>Finds an assembly of the framework for the runtime that runs; <see langword="null"/> where there is none.</summary>
    public static string? Find(AssemblyName assembly)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var folder = Path.Combine(runtime, "..", "..", Name, Path.GetFileName(runtime));
        var file = Path.GetFullPath(Path.Combine(folder, assembly.Name + ".dll"));
        return File.Exists(file) ? file : null;
    }
}
