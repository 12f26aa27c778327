using System.Reflection;
using System.Runtime.Loader;

namespace RagStudio.Data.Cli;

/// <summary>The assemblies that the tool and an application share.</summary>
internal static class SharedAssemblies
{
    private static readonly string[] Families =
    [
        "Microsoft.EntityFrameworkCore",
        "Microsoft.Data.Sqlite",
        "Microsoft.Extensions",
        "Npgsql",
        "SQLitePCLRaw",
        "RagStudio.Data",
    ];

    /// <summary>
    /// Finds the tool's own assembly by name; <see langword="null"/> if the application has to supply it.
    /// </summary>
    /// <exception cref="CommandException">The application was built with a newer one.</exception>
    public static Assembly? Find(AssemblyName wanted)
    {
        if (!IsShared(wanted.Name!) || Load(wanted.Name!) is not { } own)
        {
            return null;
        }

        Demand(wanted, own.GetName());
        return own;
    }

    /// <summary>Throws unless the tool's assembly can replace the one that the application was built with.</summary>
    /// <remarks>
    /// A newer patch only contains fixes; a newer minor version may have members that the tool's lacks.
    /// </remarks>
    /// <exception cref="CommandException">It cannot.</exception>
    public static void Demand(AssemblyName wanted, AssemblyName own)
    {
        if (Release(wanted) > Release(own))
        {
            throw CommandException.Usage(
                $"the application was built with {wanted.Name} {wanted.Version?.ToString(3)}, and this tool has {own.Version?.ToString(3)}. Nothing was changed. Install a newer ragstudio-db: dotnet tool update."
            );
        }
    }

    private static Version Release(AssemblyName name) =>
        name.Version is { } version ? new Version(version.Major, version.Minor) : new Version(0, 0);

    private static bool IsShared(string name) =>
        Families.Any(family => name == family || name.StartsWith(family + ".", StringComparison.Ordinal));

    private static Assembly? Load(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        // The tool does not use it: the application supplies its own.
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
