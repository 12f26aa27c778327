namespace RagStudio.Data.Migrator.Providers;

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="IsNullable">True if it allows NULL.</param>
/// <param name="Default">
/// The canonical expression of its default, or of its value if it is computed; <see langword="null"/> if it
/// has none.
/// </param>
/// <param name="PrimaryKeyOrder">Its position in the primary key, from 1; 0 if it is not part of it.</param>
/// <param name="IsComputed">True if its value is computed from others.</param>
/// <param name="Collation">The collation of its text; <see langword="null"/> for the storage's default.</param>
public sealed record ColumnSchema(
    string Name,
    string Type,
    bool IsNullable,
    string? Default,
    int PrimaryKeyOrder,
    bool IsComputed,
    string? Collation = null
);
