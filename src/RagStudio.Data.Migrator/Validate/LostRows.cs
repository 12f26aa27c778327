namespace RagStudio.Data.Migrator;

/// <summary>Tells the rows that a run removed and that no migration of it announced.</summary>
internal static class LostRows
{
    public const string Check = "rows preserved";

    /// <param name="steps">What was done to the databases of one storage.</param>
    /// <param name="before">The rows of each table before.</param>
    /// <param name="after">The rows of each table now.</param>
    public static IReadOnlyList<ValidationFinding> Find(
        IEnumerable<DatabaseSteps> steps,
        IReadOnlyDictionary<string, long> before,
        IReadOnlyDictionary<string, long> after
    )
    {
        var changes = new RowChanges(before.Keys);
        foreach (var step in steps)
        {
            changes.Add(step);
        }
        return
        [
            .. from table in before
            let name = changes.NameOf(table.Key)
            where name is not null
            let now = Find(after, name)
            let lost = table.Value - (now ?? 0)
            where lost > changes.Announced(table.Key)
            select Describe(table.Key, lost, changes.Announced(table.Key), isGone: now is null),
        ];
    }

    private static ValidationFinding Describe(string table, long lost, long announced, bool isGone) =>
        new(
            Check,
            ValidationErrorKind.LostRows,
            table,
            lost,
            [
                new ValidationError(
                    ValidationErrorKind.LostRows,
                    table,
                    null,
                    (
                        isGone
                            ? $"the table '{table}' is gone with its {lost} row(s)"
                            : $"'{table}' has lost {lost} row(s)"
                    ) + (announced == 0 ? ", and no migration announced it" : $", and {announced} were announced")
                ),
            ]
        );

    private static long? Find(IReadOnlyDictionary<string, long> rows, string table) =>
        rows.FirstOrDefault(pair => string.Equals(pair.Key, table, StringComparison.OrdinalIgnoreCase))
            is { Key: not null } found
            ? found.Value
            : null;
}
