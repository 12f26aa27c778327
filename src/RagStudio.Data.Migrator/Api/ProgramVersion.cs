using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator;

/// <summary>The versions recorded in the history and the manifests.</summary>
internal static class ProgramVersion
{
    public static string Program { get; } = VersionOf(Assembly.GetEntryAssembly() ?? typeof(ProgramVersion).Assembly);

    public static string OfLibrary { get; } = VersionOf(typeof(ProgramVersion).Assembly);

    public static string EFCore { get; } = VersionOf(typeof(DbContext).Assembly);

    /// <summary>The informational version without the commit that the SDK appends.</summary>
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}
