namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>A privilege on a database.</summary>
/// <param name="Privilege">The privilege.</param>
/// <param name="QuotedGrantee">Who has it, as SQL names it.</param>
/// <param name="IsGrantable">True if it may be granted on.</param>
internal sealed record DatabaseGrant(string Privilege, string QuotedGrantee, bool IsGrantable);
