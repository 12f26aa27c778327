using System.Reflection;
using System.Runtime.Loader;

namespace RagStudio.Data.Cli;

/// <summary>Loads an application's assemblies from its own folder, beside the tool's.</summary>
/// <remarks>
/// What passes between the tool and the application, EF Core above all, must be one and the same assembly to both: it is the
/// tool's. All else is the application's own.
/// </remarks>
/// <param name="path">The full path of the application's assembly.</param>
internal sealed class ApplicationLoadContext(string path) : AssemblyLoadContext("application")
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Find(assemblyName) is { } shared)
        {
            return shared;
        }

        var found =
            _resolver.ResolveAssemblyToPath(assemblyName) ?? Beside(assemblyName) ?? WebFramework.Find(assemblyName);
        return found is null ? null : LoadFromAssemblyPath(found);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;

    // Without App.deps.json the resolver knows the assemblies of the folder only where the runtime's are not meant.
    private string? Beside(AssemblyName name)
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll");
        return !IsOfRuntime(name) && File.Exists(file) ? file : null;
    }

    private static bool IsOfRuntime(AssemblyName name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name.Name + ".dll"));
}
