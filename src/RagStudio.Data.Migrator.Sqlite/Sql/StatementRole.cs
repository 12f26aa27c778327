namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>A statement's effect on the transaction around it.</summary>
internal enum StatementRole
{
    /// <summary>Behaves the same inside and outside a transaction.</summary>
    Plain,

    /// <summary>Begins a transaction.</summary>
    Begin,

    /// <summary>Commits a transaction.</summary>
    Commit,

    /// <summary>Reads or switches <c>foreign_keys</c>, which silently does nothing within a transaction.</summary>
    ForeignKeys,

    /// <summary>Fails or behaves differently within a transaction, or is not understood.</summary>
    OutsideOnly,
}
