namespace RagStudio.Data.Migrator.Providers;

/// <summary>A column as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="Default">
/// The canonical expression of its default, or of its value where it is computed; <see langword="null"/> where it has none.
/// </param>
/// <param name="PrimaryKeyOrder">Its place in the primary key from 1; 0 where it is no part of it.</param>
/// <param name="IsComputed">Whether its value is computed from others.</param>
/// <param name="Collation">How its text is compared; <see langword="null"/> where it is the storage's default.</param>
public sealed record ColumnSchema(
    string Name,
    string Type,
    bool IsNullable,
    string? Default,
    int PrimaryKeyOrder,
    bool IsComputed,
    string? Collation = null
);
