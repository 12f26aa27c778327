using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Type = System.Type;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Architecture;

/// <summary>A library with the folders of its source, from the lowest to the highest. A file holds one type and has its name.</summary>
/// <param name="Assembly">The library.</param>
/// <param name="Layers">Its folders: each may depend on those before it.</param>
/// <param name="Public">Those whose types applications or the authors of providers may name.</param>
/// <param name="Root">Those whose types are in the library's own namespace.</param>
internal sealed record LayeredProject(
    System.Reflection.Assembly Assembly,
    IReadOnlyList<string> Layers,
    IReadOnlyList<string> Public,
    IReadOnlyList<string> Root
)
{
    public string Name => Assembly.GetName().Name!;

    public IReadOnlyDictionary<string, string> Folders { get; } = ReadFolders(Assembly.GetName().Name!);

    public override string ToString() => Name;

    /// <summary>The classes and interfaces that a source file of the library declares.</summary>
    public IEnumerable<(Type Type, string Layer)> Types() =>
        from type in Assembly.GetTypes()
        where type.DeclaringType is null && Folders.ContainsKey(NameOf(type.Name))
        select (type, Folders[NameOf(type.Name)]);

    /// <summary>Which type of which layer depends on which one above it, seen in the compiled code.</summary>
    public IEnumerable<string> UpwardDependencies()
    {
        var loaded = new ArchLoader().LoadAssemblies(Assembly).Build();
        return from type in loaded.Types
            let layer = LayerOf(type)
            where layer is not null
            from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            let above = LayerOf(target)
            where above is not null && IndexOf(above) > IndexOf(layer)
            select $"{layer}/{type.Name} -> {above}/{target.Name}";
    }

    public int IndexOf(string layer) => Layers.ToList().IndexOf(layer);

    public static string Path(string project) => System.IO.Path.Combine(RepositoryFolder(), "src", project);

    private string? LayerOf(IType type) =>
        type.Namespace?.FullName.StartsWith(Name, StringComparison.Ordinal) == true
            ? Folders.GetValueOrDefault(NameOf(OutermostName(type)))
            : null;

    /// <summary>Without the namespace, and what the compiler makes within a type is the type's.</summary>
    private static string OutermostName(IType type)
    {
        var name = type.FullName[(type.Namespace.FullName.Length + 1)..];
        return name.Split('+', '/')[0];
    }

    private static string NameOf(string type) => Regex.Replace(type, @"[`<].*$", "");

    private static Dictionary<string, string> ReadFolders(string project)
    {
        var root = Path(project);
        return Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(root, file).Split(System.IO.Path.DirectorySeparatorChar))
            .Where(parts => parts[0] is not ("obj" or "bin"))
            .ToDictionary(parts => System.IO.Path.GetFileNameWithoutExtension(parts[^1]), parts => parts[0]);
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder =
                folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }
        return folder.FullName;
    }
}
