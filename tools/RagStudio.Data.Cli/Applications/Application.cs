using System.Reflection;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Another application's set of databases.</summary>
/// <param name="Contexts">Its contexts, in the order in which they are migrated.</param>
internal sealed record Application(IReadOnlyList<ApplicationContext> Contexts)
{
    /// <summary>The database files, which may not exist; links are resolved. None on a server.</summary>
    public IReadOnlyList<string> Files =>
        [.. Contexts.Select(context => context.Database.File).OfType<string>().Select(FileIdentity.Resolve)];

    /// <summary>The folders of these files.</summary>
    public IReadOnlyList<string> Folders =>
        [.. Files.Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal)];

    /// <summary>Loads the application and finds the requested contexts.</summary>
    /// <exception cref="CommandException">
    /// The application cannot be loaded, or a context does not exist; nothing was changed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The user canceled; nothing was changed.</exception>
    public static Application Load(ApplicationChoice choice, CancellationToken cancellationToken)
    {
        var assembly = ApplicationAssembly.Load(choice.Assembly);
        var host = new ApplicationHost(assembly, choice.HostTimeout, cancellationToken);
        var all = ContextTypes.Find(assembly, choice.Contexts, host);
        if (all.Count == 0)
        {
            throw CommandException.Usage(
                $"'{choice.Assembly}' contains no DbContext, no design-time factory and no host that registers a context: name the assembly that contains the DbContext."
            );
        }

        var reader = new ContextReader(choice, assembly, host);
        var contexts =
            choice.Contexts.Count > 0
                ? Read(ContextSelection.Named(choice.Contexts, all), reader)
                : Read(Migrated(all, assembly), reader);
        var migrated = contexts.Where(context => context.HasMigrations).ToArray();
        Demand(choice, all, contexts, migrated);
        return new Application(choice.Name is { } name ? [migrated[0] with { Name = name }] : migrated);
    }

    // Creating a context runs the application's code, so only contexts with visible migrations are created.
    // Without any, the factories are asked for migrations elsewhere.
    private static IReadOnlyList<ContextType> Migrated(IReadOnlyList<ContextType> all, Assembly assembly)
    {
        var seen = all.Where(context =>
            HasMigrationsIn(context, context.Type.Assembly) || HasMigrationsIn(context, assembly)
        );
        return seen.Any() ? [.. seen] : [.. all.Where(context => context.Factory is not null)];
    }

    private static bool HasMigrationsIn(ContextType context, Assembly assembly) =>
        KnownMigration.Find(context.Type, assembly).Count > 0;

    private static IReadOnlyList<ApplicationContext> Read(IReadOnlyList<ContextType> types, ContextReader reader) =>
        [.. types.Select(type => reader.Read(type, DatabaseNames.For(type.Type, types)))];

    private static void Demand(
        ApplicationChoice choice,
        IReadOnlyList<ContextType> all,
        IReadOnlyList<ApplicationContext> read,
        ApplicationContext[] migrated
    )
    {
        if (migrated.Length == 0 || choice.Contexts.Count > 0 && migrated.Length < read.Count)
        {
            var without = choice.Contexts.Count > 0 ? read.Except(migrated).Select(one => one.Type.FullName) : null;
            throw CommandException.Usage(
                $"there is no migration for {(without is null ? ContextSelection.List(all) : string.Join(", ", without))}. Create one: dotnet ef migrations add."
            );
        }

        // Contexts share a database of a server, each with a schema.
        var isFile = choice.Connection is not null && migrated.Any(one => one.Database.File is not null);
        if ((isFile || choice.Name is not null) && migrated.Length > 1)
        {
            throw CommandException.Usage(
                $"{(choice.Name is null ? "--connection" : "--name")} applies to a single context: pass --context with one of {string.Join(", ", migrated.Select(one => one.Name))}."
            );
        }
    }
}
