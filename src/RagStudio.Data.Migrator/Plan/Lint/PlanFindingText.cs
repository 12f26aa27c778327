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
                $"adds the column '{column}' to '{table}', NOT NULL and without a default, and there are {Count(rows, "row")}: it will fail",
            PlanFindingKind.NotNullWithoutDefault =>
                $"makes '{column}' of '{table}' NOT NULL without a default, and there are {Count(rows, "NULL")}: it will fail",
            PlanFindingKind.UniqueViolation =>
                $"'{what}' takes no value of '{table}' ({column}) twice, and there are {Count(rows, "group")} of equal rows: it will fail",
            PlanFindingKind.NarrowingChange when candidate.IsLoss =>
                $"changes the type of '{column}' of '{table}' to one that does not fit {Count(rows, "value")}",
            PlanFindingKind.NarrowingChange =>
                $"makes '{column}' of '{table}' shorter than {Count(rows, "value")} in it; the database keeps them as they are",
            PlanFindingKind.StatementWithoutWhere => $"{what} without WHERE: all {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DeletedRows when candidate.Query is null =>
                $"deletes rows of '{table}' by a condition that cannot be asked beforehand: only running it shows how many",
            PlanFindingKind.DeletedRows => (what is null ? "deletes " : $"deletes from '{what}', and with that ")
                + $"{Count(rows, "row")} of '{table}'"
                + (candidate.IsUncertain ? ", if they still exist by then: only running it shows" : ""),
            PlanFindingKind.ClearedReferences =>
                $"deletes from '{what}', which clears '{column}' in {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DefaultNotConstant =>
                $"adds the column '{column}' to '{table}' with a default that is not a constant, and there are {Count(rows, "row")}: it will fail; add it without a default, and fill it with a statement",
            PlanFindingKind.NameTaken when candidate is { IsNew: true, What: null } =>
                $"creates the table '{table}', {(candidate.IsOfView ? "and a view has that name" : "which already exists")}: it will fail",
            PlanFindingKind.NameTaken when candidate is { IsNew: true, IsOfView: true } =>
                $"creates the view '{what}', a name that a table or another view has: it will fail",
            PlanFindingKind.NameTaken when candidate.IsNew =>
                $"creates the index '{what}' of '{table}', a name that another index, a table or a view has: it will fail",
            PlanFindingKind.NameTaken =>
                $"renames '{table}' to '{what}', a name that is taken (names ignore case): it will fail; to change only the case, rename it via a third name",
            PlanFindingKind.MissingDown => "cannot be reverted: a rollback past it needs a backup",
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
