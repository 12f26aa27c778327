using System.Reflection;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Reads the locations of the database and the migrations from a context of an application.</summary>
/// <param name="choice">The choice on the command line.</param>
/// <param name="assembly">The application's assembly.</param>
/// <param name="host">The application's host.</param>
internal sealed class ContextReader(ApplicationChoice choice, Assembly assembly, ApplicationHost host)
{
    /// <param name="type">The context.</param>
    /// <param name="name">The database's name in the set.</param>
    /// <exception cref="CommandException">The context cannot be created, or does not use an SQLite file.</exception>
    public ApplicationContext Read(ContextType type, string name)
    {
        var creation = new ContextCreation(type, host, choice.Connection);
        using var context = creation.Create();
        var options = OptionsOf(context, type);
        var connection = DatabaseFile.Resolve(choice.Connection ?? OwnConnection(context, type), choice.Folder, type);
        var migrations = MigrationsOf(type.Type, RelationalOptionsExtension.Extract(options));
        return new ApplicationContext(
            type.Type,
            name,
            connection.ConnectionString,
            connection.DataSource,
            migrations,
            options,
            creation
        );
    }

    private static IDbContextOptions OptionsOf(DbContext context, ContextType type)
    {
        try
        {
            return context.Database.IsSqlite()
                ? context.GetService<IDbContextOptions>()
                : throw CommandException.Usage(
                    $"{type.Type.FullName} uses {context.Database.ProviderName}: this tool works on SQLite databases only."
                );
        }
        // EF's message says that the context has no provider, or what is wrong with it.
        catch (InvalidOperationException error)
        {
            throw CommandException.Usage($"{type.Type.FullName} cannot be used: {error.Message}", error);
        }
    }

    private static string OwnConnection(DbContext context, ContextType type) =>
        context.Database.GetConnectionString() is { Length: > 0 } connectionString
            ? connectionString
            : throw CommandException.Usage(
                $"{type.Type.FullName} names no database: run this command where its application finds its settings, or pass --connection \"Data Source=FILE\"."
            );

    /// <summary>
    /// The assembly that EF would use; if the context's own has no migrations, the application's may have
    /// them.
    /// </summary>
    private Assembly MigrationsOf(Type type, RelationalOptionsExtension options)
    {
        if (options.MigrationsAssemblyObject is { } given)
        {
            return given;
        }

        if (options.MigrationsAssembly is { } name)
        {
            return Load(name, type);
        }

        return KnownMigration.Find(type, type.Assembly).Count == 0 ? assembly : type.Assembly;
    }

    private Assembly Load(string name, Type context)
    {
        try
        {
            return AssemblyLoadContext.GetLoadContext(assembly)!.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (IOException error)
        {
            throw CommandException.Usage(
                $"the assembly '{name}', which contains the migrations of {context.FullName}, cannot be loaded: put it beside '{assembly.Location}', or pass it as --assembly.",
                error
            );
        }
    }
}
