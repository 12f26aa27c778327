using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Testing;

/// <summary>An assembly that behaves as if a file were embedded in it.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="name">The name of the file.</param>
/// <param name="content">Its content.</param>
public sealed class CompiledAssembly(Assembly assembly, string name, byte[] content) : Assembly
{
    private static readonly ConcurrentDictionary<Type, CompiledMigrations> Compiled = [];

    public override IEnumerable<TypeInfo> DefinedTypes => assembly.DefinedTypes;

    public override string? FullName => assembly.FullName;

    public override string Location => assembly.Location;

    /// <summary>The content of the file.</summary>
    public byte[] Content => content;

    /// <summary>The number of times that the file was read.</summary>
    public int Reads { get; private set; }

    /// <summary>The assembly of a context, with its migrations compiled.</summary>
    /// <param name="edit">Changes the content of the file.</param>
    public static CompiledAssembly Of<TContext>(Func<string, string>? edit = null)
        where TContext : DbContext
    {
        var compiled = Compiled.GetOrAdd(typeof(TContext), _ => Compile<TContext>());
        var text = Encoding.UTF8.GetString(compiled.ToJson());
        var content = Encoding.UTF8.GetBytes(edit?.Invoke(text) ?? text);
        return new CompiledAssembly(typeof(TContext).Assembly, compiled.FileName, content);
    }

    /// <summary>Makes a migration in a file look as if it had been changed after it was compiled.</summary>
    public static string Outdate(string text, string version)
    {
        const string Checksum = "\"checksum\": \"";
        var at = text.IndexOf(
            Checksum,
            text.IndexOf($"\"version\": \"{version}\"", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        return text.Insert(at + Checksum.Length, "0");
    }

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

    private static CompiledMigrations Compile<TContext>()
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<TContext>("compiled", "Data Source=never opened");
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IMigrationDatabase>().Compile();
    }
}
