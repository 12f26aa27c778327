namespace RagStudio.Data.Migrator.Plan;

/// <summary>Describes findings for the user.</summary>
internal static class PlanFindingText
{
    public static string Describe(CandidateFinding candidate, long rows) =>
        About(candidate, rows)
        + (
            candidate is { IsChangedBefore: true, Query: not null }
                ? "; counted as it is now, before what these migrations change in the table"
                : ""
        );

    public static string DescribeUncounted(CandidateFinding candidate, string reason) =>
        $"{Name(candidate.Kind)} of '{candidate.Table}': the affected rows could not be counted: {reason}";

    private static string About(CandidateFinding candidate, long rows)
    {
        var (table, column, what) = (candidate.Table, candidate.Column, candidate.What);
        return candidate.Kind switch
        {
            PlanFindingKind.DroppedTable => $"drops the table '{table}' with {Count(rows, "row")}",
            PlanFindingKind.DroppedColumn => $"drops the column '{column}' of '{table}' with {Count(rows, "value")}",
            PlanFindingKind.NotNullWithoutDefault when candidate.IsNew =>
                $"adds the column '{column}' to '{table}' as NOT NULL without a default, but the table has {Count(rows, "row")}: it will fail",
            PlanFindingKind.NotNullWithoutDefault =>
                $"makes '{column}' of '{table}' NOT NULL without a default, but it has {Count(rows, "NULL")}: it will fail",
            PlanFindingKind.UniqueViolation =>
                $"makes '{column}' of '{table}' unique by '{what}', but the table has {Count(rows, "group")} of duplicate rows: it will fail",
            PlanFindingKind.NarrowingChange when candidate.IsLoss =>
                $"changes the type of '{column}' of '{table}' to one that does not fit {Count(rows, "value")}",
            PlanFindingKind.NarrowingChange =>
                $"makes '{column}' of '{table}' shorter than {Count(rows, "value")} that it has; the database keeps them as they are",
            PlanFindingKind.StatementWithoutWhere => $"{what} without WHERE: all {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DeletedRows when candidate.Query is null =>
                $"deletes rows of '{table}' by a condition that cannot be evaluated in advance: only running it shows how many",
            PlanFindingKind.DeletedRows => (what is null ? "deletes " : $"deletes from '{what}', and with that ")
                + $"{Count(rows, "row")} of '{table}'"
                + (candidate.IsUncertain ? ", if they still exist by then: only running it shows" : ""),
            PlanFindingKind.ClearedReferences =>
                $"deletes from '{what}', which clears '{column}' in {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DefaultNotConstant =>
                $"adds the column '{column}' to '{table}' with a default that is not a constant, but the table has {Count(rows, "row")}: it will fail; add it without a default, then fill it with an UPDATE",
            PlanFindingKind.NameTaken when candidate.Column is not null =>
                $"adds the column '{column}' to '{table}', which already has it: it will fail, or lose the column's values if it rebuilds the table",
            PlanFindingKind.NameTaken when candidate is { IsNew: true, What: null } =>
                $"creates the table '{table}', {(candidate.IsOfView ? "but a view already has that name" : "which already exists")}: it will fail",
            PlanFindingKind.NameTaken when candidate is { IsNew: true, IsOfView: true } =>
                $"creates the view '{what}', but a table or another view already has that name: it will fail",
            PlanFindingKind.NameTaken when candidate.IsNew =>
                $"creates the index '{what}' of '{table}', but another index, a table or a view already has that name: it will fail",
            PlanFindingKind.NameTaken =>
                $"renames '{table}' to '{what}', but that name is taken (names are case-insensitive): it will fail; to change only the case, rename it via a third name",
            PlanFindingKind.MissingDown => "cannot be reverted: rolling back past it requires a backup",
            _ => AboutObject(candidate),
        };
    }

    private static string AboutObject(CandidateFinding candidate) =>
        candidate switch
        {
            { Kind: PlanFindingKind.LostTrigger or PlanFindingKind.LostIndex, IsRebuild: true, Unfit: { } column } =>
                $"rebuilds '{candidate.Table}', and its {Object(candidate)} '{candidate.What}' mentions '{column}', which is dropped: it cannot be created again",
            { Kind: PlanFindingKind.LostTrigger or PlanFindingKind.LostIndex, IsRebuild: true } =>
                $"rebuilds '{candidate.Table}', and its {Object(candidate)} '{candidate.What}', which EF's copy does not have, is created again",
            { Kind: PlanFindingKind.LostTrigger } =>
                $"rebuilds '{candidate.Table}', and its trigger '{candidate.What}' is lost with the old table: create it again in a later migration",
            { IsRebuild: true } =>
                $"rebuilds '{candidate.Table}', which the {Object(candidate)} '{candidate.What}' mentions: it will fail; drop it first, and create it again in a later migration",
            _ =>
                $"drops '{candidate.Table}', which the {Object(candidate)} '{candidate.What}' mentions: it will be broken, and every later rename or rebuild will fail",
        };

    private static string Object(CandidateFinding candidate) =>
        candidate.Kind switch
        {
            PlanFindingKind.BrokenView => "view",
            PlanFindingKind.LostIndex => "index",
            _ => "trigger",
        };

    private static string Name(PlanFindingKind kind) =>
        kind switch
        {
            PlanFindingKind.DroppedTable => "drop",
            PlanFindingKind.DroppedColumn => "drop of a column",
            PlanFindingKind.UniqueViolation => "new unique index",
            PlanFindingKind.StatementWithoutWhere => "statement on all rows",
            PlanFindingKind.DeletedRows => "deletion",
            PlanFindingKind.ClearedReferences => "clearing of references",
            _ => "change of a column",
        };

    private static string Count(long count, string noun) =>
        FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
