using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Selects the migrations of a script.</summary>
/// <param name="from">The version before the first; <see langword="null"/> for none.</param>
/// <param name="to">The last version; <see langword="null"/> for the newest.</param>
internal sealed class ScriptRange(string? from, string? to)
{
    /// <summary>Returns the migrations of each database, in order.</summary>
    /// <exception cref="InvalidVersionException">No database has such a version, or it is ambiguous.</exception>
    public IReadOnlyList<ScriptedDatabase> Select(IReadOnlyList<IMigrationDatabase> databases)
    {
        string[] all = [.. databases.SelectMany(database => database.Migrations).Select(known => known.Version)];
        var first = KnownMigration.Resolve(from ?? Migration.InitialDatabase, all);
        var last = to is null ? null : KnownMigration.Resolve(to, all);
        return
        [
            .. databases
                .Select(database => new ScriptedDatabase(database, Between(database, first, last)))
                .Where(one => one.Versions.Count > 0),
        ];
    }

    private static List<string> Between(IMigrationDatabase database, string first, string? last) =>
        [
            .. database
                .Migrations.Select(known => known.Version)
                .Where(id => Order(id, first) > 0 && (last is null || Order(id, last) <= 0)),
        ];

    private static int Order(string one, string other) =>
        string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
}
