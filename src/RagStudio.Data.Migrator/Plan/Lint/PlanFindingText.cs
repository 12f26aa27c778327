namespace RagStudio.Data.Migrator.Plan;

/// <summary>Says to people what a finding means.</summary>
internal static class PlanFindingText
{
    public static string Describe(PlanQuestion question, long rows) =>
        About(question, rows)
        + (
            question is { IsChangedBefore: true, Evidence: not null }
                ? "; counted as it is now, before what these migrations change in the table"
                : ""
        );

    public static string DescribeUncounted(PlanQuestion question, string reason) =>
        $"{Name(question.Kind)} of '{question.Table}': what it would meet could not be counted: {reason}";

    private static string About(PlanQuestion question, long rows)
    {
        var (table, column, what) = (question.Table, question.Column, question.What);
        return question.Kind switch
        {
            PlanFindingKind.DroppedTable => $"drops the table '{table}' with {Count(rows, "row")}",
            PlanFindingKind.DroppedColumn => $"drops the column '{column}' of '{table}' with {Count(rows, "value")}",
            PlanFindingKind.NotNullWithoutDefault when question.IsNew =>
                $"adds the column '{column}' to '{table}', NOT NULL and without a default, and there are {Count(rows, "row")}: it will fail",
            PlanFindingKind.NotNullWithoutDefault =>
                $"makes '{column}' of '{table}' NOT NULL without a default, and there are {Count(rows, "NULL")}: it will fail",
            PlanFindingKind.UniqueViolation =>
                $"'{what}' takes no value of '{table}' ({column}) twice, and there are {Count(rows, "group")} of equal rows: it will fail",
            PlanFindingKind.NarrowingChange when question.IsLoss =>
                $"changes the type of '{column}' of '{table}' to one that does not fit {Count(rows, "value")}",
            PlanFindingKind.NarrowingChange =>
                $"makes '{column}' of '{table}' shorter than {Count(rows, "value")} in it; the database keeps them as they are",
            PlanFindingKind.StatementWithoutWhere => $"{what} without WHERE: all {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DeletedRows when question.Evidence is null =>
                $"deletes rows of '{table}' by a condition that cannot be asked beforehand: only running it tells how many",
            PlanFindingKind.DeletedRows => (what is null ? "deletes " : $"deletes from '{what}', and with that ")
                + $"{Count(rows, "row")} of '{table}'"
                + (question.IsUncertain ? ", if they are still there by then: only running it tells" : ""),
            PlanFindingKind.ClearedReferences =>
                $"deletes from '{what}', which clears '{column}' in {Count(rows, "row")} of '{table}'",
            PlanFindingKind.DefaultNotConstant =>
                $"adds the column '{column}' to '{table}' with a default that is no constant, and there are {Count(rows, "row")}: it will fail; add it without, and fill it by a statement",
            PlanFindingKind.NameTaken when question is { IsNew: true, What: null } =>
                $"creates the table '{table}', {(question.IsOfView ? "and a view has that name" : "which is there already")}: it will fail",
            PlanFindingKind.NameTaken when question is { IsNew: true, IsOfView: true } =>
                $"creates the view '{what}', a name that a table or another view has: it will fail",
            PlanFindingKind.NameTaken when question.IsNew =>
                $"creates the index '{what}' of '{table}', a name that another index, a table or a view has: it will fail",
            PlanFindingKind.NameTaken =>
                $"renames '{table}' to '{what}', a name that is taken, for the case of letters makes no difference: it will fail; where only the case is to change, go by a third name",
            PlanFindingKind.MissingDown => "has no way back: a rollback past it needs a backup",
            _ => AboutObject(question),
        };
    }

    private static string AboutObject(PlanQuestion question) =>
        question switch
        {
            { Kind: PlanFindingKind.LostTrigger or PlanFindingKind.LostIndex, IsRebuild: true, Unfit: { } column } =>
                $"rebuilds '{question.Table}', and its {Object(question)} '{question.What}' mentions '{column}', which is dropped: it cannot be created again",
            { Kind: PlanFindingKind.LostTrigger or PlanFindingKind.LostIndex, IsRebuild: true } =>
                $"rebuilds '{question.Table}', and its {Object(question)} '{question.What}', which EF's copy does not have, is created again",
            { Kind: PlanFindingKind.LostTrigger } =>
                $"rebuilds '{question.Table}', and its trigger '{question.What}' is gone with the old table: create it again in a later migration",
            { IsRebuild: true } =>
                $"rebuilds '{question.Table}', which the {Object(question)} '{question.What}' mentions: it will fail; drop that before, and create it again in a later migration",
            _ =>
                $"drops '{question.Table}', which the {Object(question)} '{question.What}' mentions: that is broken then, and so is every later rename or rebuild",
        };

    private static string Object(PlanQuestion question) =>
        question.Kind switch
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
