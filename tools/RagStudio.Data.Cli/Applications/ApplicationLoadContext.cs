using System.Reflection;
using System.Runtime.Loader;

namespace RagStudio.Data.Cli;

/// <summary>Loads an application's assemblies from its own folder, beside the tool's.</summary>
/// <remarks>
/// Assemblies with types that the tool and the application exchange, above all EF Core, must be identical for
/// both: they are the tool's. All others are the application's own.
/// </remarks>
/// <param name="path">The full path of the application's assembly.</param>
internal sealed class ApplicationLoadContext(string path) : AssemblyLoadContext("application")
{
    private const int FirstWithEvents = 6;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>The context that has loaded an application's assembly.</summary>
    public static ApplicationLoadContext For(Assembly assembly) => (ApplicationLoadContext)GetLoadContext(assembly)!;

    /// <summary>True if the application has .NET's hosting library, in a version that announces a built host.</summary>
    public bool HasHosting()
    {
        var hosting = new AssemblyName("Microsoft.Extensions.Hosting");
        var isThere = OwnPath(hosting) is not null || WebFramework.IsOf(path);
        return isThere && LoadFromAssemblyName(hosting).GetName().Version?.Major >= FirstWithEvents;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Find(assemblyName) is { } shared)
        {
            return shared;
        }

        var found = OwnPath(assemblyName) ?? WebFramework.Find(assemblyName);
        return found is null ? null : LoadFromAssemblyPath(found);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;

    private string? OwnPath(AssemblyName name) => _resolver.ResolveAssemblyToPath(name) ?? Beside(name);

    // Without App.deps.json the resolver finds assemblies in the folder only if the runtime does not supply them.
    private string? Beside(AssemblyName name)
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll");
        return !IsOfRuntime(name) && File.Exists(file) ? file : null;
    }

    private static bool IsOfRuntime(AssemblyName name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name.Name + ".dll"));
}
