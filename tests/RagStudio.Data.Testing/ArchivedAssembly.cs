using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Testing;

/// <summary>
/// An assembly without the classes of archived migrations, and with the archive embedded, as if it had been built so.
/// </summary>
public sealed class ArchivedAssembly : Assembly
{
    private readonly Assembly _assembly;
    private readonly HashSet<Type> _gone;
    private readonly Dictionary<string, byte[]> _files;

    private ArchivedAssembly(Assembly assembly, HashSet<Type> gone, Dictionary<string, byte[]> files) =>
        (_assembly, _gone, _files) = (assembly, gone, files);

    public override IEnumerable<TypeInfo> DefinedTypes => _assembly.DefinedTypes.Where(type => !_gone.Contains(type));

    public override string? FullName => _assembly.FullName;

    public override string Location => _assembly.Location;

    /// <summary>Archives the migrations of a context before a version.</summary>
    /// <param name="before">The version.</param>
    /// <param name="isCompiled">True if the others are compiled.</param>
    /// <param name="edit">Changes the archive.</param>
    /// <param name="from">An assembly with some of them archived already; default that of the context.</param>
    public static ArchivedAssembly Of<TContext>(
        string before,
        bool isCompiled = true,
        Func<string, string>? edit = null,
        Assembly? from = null
    )
        where TContext : DbContext
    {
        using var services = Services<TContext>(from);
        var database = services.GetRequiredService<IMigrationDatabase>();
        var compiled = database.Compile();
        var content = Encoding.UTF8.GetString(MigrationArchiver.Create(database, compiled, before));
        var files = new Dictionary<string, byte[]>
        {
            [MigrationArchive.FileNameOf(typeof(TContext).Name)] = Encoding.UTF8.GetBytes(
                edit?.Invoke(content) ?? content
            ),
        };
        var gone = database
            .Migrations.Select(known => known.Version)
            .TakeWhile(version => version != before)
            .ToHashSet();
        if (isCompiled)
        {
            files[compiled.FileName] = compiled.Without(gone).ToJson();
        }
        return new ArchivedAssembly(
            typeof(TContext).Assembly,
            [
                .. typeof(TContext)
                    .Assembly.GetTypes()
                    .Where(type =>
                        type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(TContext)
                        && type.GetCustomAttribute<MigrationAttribute>() is { } migration
                        && gone.Contains(migration.Id)
                    ),
            ],
            files
        );
    }

    public override Type[] GetTypes() => [.. DefinedTypes];

    public override AssemblyName GetName() => _assembly.GetName();

    public override object[] GetCustomAttributes(bool inherit) => _assembly.GetCustomAttributes(inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) =>
        _assembly.GetCustomAttributes(attributeType, inherit);

    public override string[] GetManifestResourceNames() => [.. _files.Keys.Select(name => "Application." + name)];

    public override Stream? GetManifestResourceStream(string name) =>
        new MemoryStream(_files[name["Application.".Length..]], writable: false);

    private static ServiceProvider Services<TContext>(Assembly? migrations)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddSqliteDatabase<TContext>(
                "archived",
                "Data Source=never opened",
                options => options.MigrationsAssembly = migrations
            );
        return services.BuildServiceProvider();
    }
}
