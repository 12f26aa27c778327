using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// A checksum of a migration's operations in a canonical rendering. It does not cover the SQL, which a patch
/// release of EF may generate differently for an unchanged migration. Every recorded checksum depends on this
/// rendering.
/// </summary>
internal static class OperationChecksum
{
    public static string Compute(IEnumerable<MigrationOperation> up, IEnumerable<MigrationOperation> down)
    {
        var text = new OperationText();
        text.Append("up", up);
        text.Append("down", down);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Computes the checksum of a migration; a <c>Down</c> that throws counts as empty.</summary>
    public static string Compute(Migration migration) =>
        Compute(migration.UpOperations, MigrationDown.From(migration).Operations);
}
