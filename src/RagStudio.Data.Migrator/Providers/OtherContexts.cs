using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The migrations of the program's other contexts. Used only if a history table has ids that a context does
/// not know.
/// </summary>
internal static class OtherContexts
{
    private static readonly string EFRelational = typeof(Migration).Assembly.GetName().Name!;

    /// <summary>
    /// Returns the migrations of contexts whose first migration is in a history table, and that have none in
    /// common with the known ones: a context with common migrations is another release of the same one.
    /// </summary>
    /// <param name="applied">The ids in the table.</param>
    /// <param name="known">The ids of the requesting context.</param>
    public static IReadOnlySet<string> MigrationsIn(IReadOnlyList<string> applied, IReadOnlySet<string> known)
    {
        var ids = applied.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(HasMigrations)
            .SelectMany(MigrationsOf)
            .Where(migration => migration is { Context: not null, Id: not null })
            .GroupBy(migration => migration.Context, migration => migration.Id!)
            .Where(context =>
                ids.Contains(context.Min(StringComparer.OrdinalIgnoreCase)!) && !context.Any(known.Contains)
            )
            .SelectMany(context => context)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string? Context, string? Id)> MigrationsOf(Assembly assembly) =>
        TypesOf(assembly)
            .Select(type => (ContextOf(type)?.FullName, type.GetCustomAttribute<MigrationAttribute>()?.Id))
            .Concat(
                MigrationArchive
                    .FindAll(assembly)
                    .SelectMany(archive => archive.Versions, (archive, id) => ((string?)archive.Context, (string?)id))
            );

    private static bool HasMigrations(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == EFRelational);

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes().Where(IsMigration);
        }
        // A type with missing dependencies cannot be created by anyone, whatever it is.
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>().Where(IsMigration);
        }
    }

    private static bool IsMigration(Type type) => !type.IsAbstract && type.IsSubclassOf(typeof(Migration));

    private static Type? ContextOf(Type migration) => migration.GetCustomAttribute<DbContextAttribute>()?.ContextType;
}
