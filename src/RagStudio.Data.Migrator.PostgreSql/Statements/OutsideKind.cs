namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>How a statement relates to the transaction of a run.</summary>
internal enum OutsideKind
{
    /// <summary>It is part of the transaction, even if its author has suppressed that: PostgreSQL allows it there.</summary>
    Inside,

    /// <summary>A new value of an enum, which nobody can use in the transaction that adds it.</summary>
    EnumValue,

    /// <summary>An index that is created while others write.</summary>
    CreateIndex,

    /// <summary>An index that is dropped while others read and write.</summary>
    DropIndex,

    /// <summary>It follows the run, and may be repeated: repeated, it has the same effect.</summary>
    Maintenance,

    /// <summary>It follows the run, with consent: nobody can tell what a repetition of it would do.</summary>
    Unrepeatable,

    /// <summary>It begins or ends transactions, which only the run does.</summary>
    TransactionControl,
}
