using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The migrations of the other contexts of this program. Looked for only where a history table has ids that a context does not know.
/// </summary>
internal static class OtherContexts
{
    private static readonly string EFRelational = typeof(Migration).Assembly.GetName().Name!;

    /// <summary>
    /// Those of contexts that are in a history table with their first migration, and have none in common with the known ones: a context that has
    /// is another release of the same.
    /// </summary>
    /// <param name="applied">The ids in the table.</param>
    /// <param name="known">The ids of the context that asks.</param>
    public static IReadOnlySet<string> MigrationsIn(IReadOnlyList<string> applied, IReadOnlySet<string> known)
    {
        var ids = applied.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(HasMigrations)
            .SelectMany(TypesOf)
            .Select(type => (Context: ContextOf(type), Id: type.GetCustomAttribute<MigrationAttribute>()?.Id))
            .Where(migration => migration is { Context: not null, Id: not null })
            .GroupBy(migration => migration.Context, migration => migration.Id!)
            .Where(context =>
                ids.Contains(context.Min(StringComparer.OrdinalIgnoreCase)!) && !context.Any(known.Contains)
            )
            .SelectMany(context => context)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static bool HasMigrations(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == EFRelational);

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes().Where(IsMigration);
        }
        // A type that needs what is not there cannot be created by anybody, whatever it is.
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>().Where(IsMigration);
        }
    }

    private static bool IsMigration(Type type) => !type.IsAbstract && type.IsSubclassOf(typeof(Migration));

    private static Type? ContextOf(Type migration) => migration.GetCustomAttribute<DbContextAttribute>()?.ContextType;
}
