using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// A checksum of what a migration does, over a canonical rendering of its operations and not of its SQL, which a patch
/// release of EF may generate differently for an unchanged migration. Every value that was ever recorded depends on this rendering.
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

    /// <summary>The checksum of a migration; a <c>Down</c> that throws does nothing.</summary>
    public static string Compute(Migration migration) =>
        Compute(migration.UpOperations, MigrationDown.From(migration).Operations);
}
