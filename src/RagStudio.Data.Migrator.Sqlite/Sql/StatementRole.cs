namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>What a statement is to a transaction around it.</summary>
internal enum StatementRole
{
    /// <summary>It does the same within a transaction as outside.</summary>
    Plain,

    /// <summary>It begins a transaction.</summary>
    Begin,

    /// <summary>It commits one.</summary>
    Commit,

    /// <summary>It reads or switches <c>foreign_keys</c>, which a transaction makes it fail to do without an error.</summary>
    ForeignKeys,

    /// <summary>It fails within a transaction, does something else there, or is not understood.</summary>
    OutsideOnly,
}
