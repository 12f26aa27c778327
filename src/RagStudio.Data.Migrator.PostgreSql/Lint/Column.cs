namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>A column of a table.</summary>
/// <param name="Table">The oid of the table.</param>
/// <param name="Number">Its number, which a new name does not change.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">The oid of its type.</param>
/// <param name="Modifier">The type's length or precision.</param>
/// <param name="IsNotNull">True if it is NOT NULL.</param>
/// <param name="IsComputed">True for an identity and a generated column.</param>
internal sealed record Column(
    long Table,
    int Number,
    string Name,
    long Type,
    int Modifier,
    bool IsNotNull,
    bool IsComputed
);
