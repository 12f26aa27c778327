using System.Globalization;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Tells what statements do to tables that others use.</summary>
internal static class LockFindings
{
    /// <param name="effects">The effects of the statements of one migration, in order.</param>
    /// <param name="nameOf">Returns the engine's name of a table; <see langword="null"/> for one that is not yet in the real database.</param>
    /// <param name="sizeOf">Returns the present size of a table; <see langword="null"/> if the real database does not have it.</param>
    public static IReadOnlyList<PlanFinding> Find(
        IReadOnlyList<TableEffect> effects,
        Func<long, string?> nameOf,
        Func<long, LiveSize?> sizeOf
    )
    {
        TableEffect[] blocking =
        [
            .. effects.Where(effect => effect.Held >= LockMode.Share && nameOf(effect.Table) is not null),
        ];
        var working = blocking.Where(IsWork).ToArray();
        var locking =
            from effect in blocking
            where !IsWork(effect) && effect.Acquired >= LockMode.Share
            group effect by effect.Table into table
            let strongest = table.MaxBy(effect => effect.Held)!
            where !working.Any(effect => effect.Table == strongest.Table && effect.Held >= strongest.Held)
            select strongest;
        return
        [
            .. working.Concat(locking).Select(effect => Describe(effect, nameOf(effect.Table)!, sizeOf(effect.Table))),
        ];

        bool IsWork(TableEffect effect) =>
            (effect.Rewrites || effect.Scans) && sizeOf(effect.Table) is not { Bytes: 0 };
    }

    private static PlanFinding Describe(TableEffect effect, string table, LiveSize? size)
    {
        var isEmpty = size is { Bytes: 0 };
        var (kind, verb) =
            isEmpty || !(effect.Rewrites || effect.Scans) ? (PlanFindingKind.LockedTable, "locks")
            : effect.Rewrites ? (PlanFindingKind.RewrittenTable, "rewrites")
            : (PlanFindingKind.ScannedTable, "scans");
        var safer = kind == PlanFindingKind.LockedTable ? null : effect.SaferForm;
        return new PlanFinding(
            kind,
            table,
            Column: null,
            size?.Rows ?? 0,
            IsDestructive: false,
            $"{verb} '{table}' ({Text(size)}) under {effect.Held.Text()}, which blocks {effect.Held.Blocks()}: {PostgreSqlText.Shorten(effect.Statement)}"
                + (safer is null ? "" : $"; safer: {safer}")
        )
        {
            Lock = effect.Held.Text(),
            Bytes = size?.Bytes ?? 0,
            Statement = effect.Statement,
            SaferForm = safer,
        };
    }

    private static string Text(LiveSize? size) =>
        size is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"about {known.Rows} rows, {known.Bytes} bytes")
            : "which the database does not have";
}
