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
    /// <exception cref="CommandException">
    /// The context cannot be created, or this tool cannot work on its database.
    /// </exception>
    public ApplicationContext Read(ContextType type, string name)
    {
        var creation = new ContextCreation(type, host, assembly, choice.Connection, choice.IsByConnection);
        using var context = creation.Create();
        var (options, provider) = OptionsOf(context, type);
        var relational = RelationalOptionsExtension.Extract(options);
        var connection = choice.Connection ?? OwnConnection(context, relational, type, provider);
        return new ApplicationContext(
            type.Type,
            name,
            provider.Locate(connection, choice.Folder, type),
            MigrationsOf(type.Type, relational),
            options,
            creation
        );
    }

    private static (IDbContextOptions, IApplicationProvider) OptionsOf(DbContext context, ContextType type)
    {
        try
        {
            var provider =
                ApplicationProviders.Find(context.Database.ProviderName)
                ?? throw CommandException.Usage(
                    $"{type.Type.FullName} uses {context.Database.ProviderName}: this tool works on {ApplicationProviders.Titles} databases only."
                );
            return (context.GetService<IDbContextOptions>(), provider);
        }
        // EF's message says that the context has no provider, or what is wrong with it.
        catch (InvalidOperationException error)
        {
            throw CommandException.Usage($"{type.Type.FullName} cannot be used: {error.Message}", error);
        }
    }

    private static string OwnConnection(
        DbContext context,
        RelationalOptionsExtension options,
        ContextType type,
        IApplicationProvider provider
    )
    {
        var own = provider.KeepsPassword(options) ? context.Database.GetConnectionString() : null;
        return own is { Length: > 0 }
            ? own
            : throw CommandException.Usage(
                $"{type.Type.FullName} names no database: run this command where its application finds its settings, or pass --connection \"{provider.Example}\"."
            );
    }

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
