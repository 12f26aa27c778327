using System.Reflection;

namespace RagStudio.Data.Packages.Tests;

/// <summary>Properties from the build of these tests.</summary>
internal static class BuildFacts
{
    /// <summary>The version of the packages of Microsoft.Extensions.</summary>
    public static string ExtensionsVersion { get; } = Value("ExtensionsVersion");

    /// <summary>The runtime identifier of this platform.</summary>
    public static string RuntimeIdentifier { get; } = Value("RuntimeIdentifier");

    private static string Value(string key) =>
        typeof(BuildFacts)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == key)
            .Value!;
}
