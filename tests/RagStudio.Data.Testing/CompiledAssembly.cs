using System.Reflection;

namespace RagStudio.Data.Testing;

/// <summary>An assembly as it would be if a file were embedded in it.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="name">The name of the file.</param>
/// <param name="content">What stands in it.</param>
public sealed class CompiledAssembly(Assembly assembly, string name, byte[] content) : Assembly
{
    public override IEnumerable<TypeInfo> DefinedTypes => assembly.DefinedTypes;

    public override string? FullName => assembly.FullName;

    public override string Location => assembly.Location;

    /// <summary>How often the file was read.</summary>
    public int Reads { get; private set; }

    public override Type[] GetTypes() => assembly.GetTypes();

    public override AssemblyName GetName() => assembly.GetName();

    public override object[] GetCustomAttributes(bool inherit) => assembly.GetCustomAttributes(inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) =>
        assembly.GetCustomAttributes(attributeType, inherit);

    public override string[] GetManifestResourceNames() => ["Application.Migrations." + name];

    public override Stream? GetManifestResourceStream(string name)
    {
        Reads++;
        return new MemoryStream(content, writable: false);
    }
}
