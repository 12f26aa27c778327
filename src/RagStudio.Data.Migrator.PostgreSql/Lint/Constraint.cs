namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>A constraint of a table.</summary>
/// <param name="Oid">Its oid.</param>
/// <param name="Table">The oid of the table.</param>
/// <param name="Kind">Its kind, as <c>pg_constraint.contype</c> has it.</param>
/// <param name="IsValidated">False if rows from before it may violate it.</param>
internal sealed record Constraint(long Oid, long Table, char Kind, bool IsValidated);
