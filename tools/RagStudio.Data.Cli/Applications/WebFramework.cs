using System.Reflection;
using System.Text.Json;

namespace RagStudio.Data.Cli;

/// <summary>
/// The shared framework of web applications, whose types contexts often refer to. The tool itself does not
/// need it.
/// </summary>
internal static class WebFramework
{
    private const string Name = "Microsoft.AspNetCore.App";

    /// <summary>True if an application targets the framework, according to the file beside it.</summary>
    /// <param name="application">The full path of its assembly.</param>
    public static bool IsOf(string application)
    {
        var file = Path.ChangeExtension(application, ".runtimeconfig.json");
        if (!File.Exists(file))
        {
            return false;
        }

        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var options = document.RootElement.GetProperty("runtimeOptions");
        return options.TryGetProperty("frameworks", out var several)
            ? several.EnumerateArray().Any(IsName)
            : options.TryGetProperty("framework", out var one) && IsName(one);
    }

    private static bool IsName(JsonElement framework) => framework.GetProperty("name").GetString() == Name;

    /// <summary>
    /// Finds an assembly of the framework that matches the current runtime; <see langword="null"/> if there
    /// is none.
    /// </summary>
    public static string? Find(AssemblyName assembly)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var folder = Path.Combine(runtime, "..", "..", Name, Path.GetFileName(runtime));
        var file = Path.GetFullPath(Path.Combine(folder, assembly.Name + ".dll"));
        return File.Exists(file) ? file : null;
    }
}
