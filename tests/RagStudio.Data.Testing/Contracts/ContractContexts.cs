using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Testing;

/// <summary><see cref="ContractRelease.First"/>.</summary>
public sealed class FirstContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FirstContractContext)), Migration(Version)]
public sealed class FirstCreateNotes : CreateContractNotes;

/// <summary><see cref="ContractRelease.Gap"/>.</summary>
public sealed class GapContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(GapContractContext)), Migration(Version)]
public sealed class GapCreateNotes : CreateContractNotes;

[DbContext(typeof(GapContractContext)), Migration(Version)]
public sealed class GapAddFarewell : AddFarewell;

/// <summary><see cref="ContractRelease.Current"/>.</summary>
public sealed class CurrentContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(CurrentContractContext)), Migration(Version)]
public sealed class CurrentCreateNotes : CreateContractNotes;

[DbContext(typeof(CurrentContractContext)), Migration(Version)]
public sealed class CurrentAddGreeting : AddGreeting;

[DbContext(typeof(CurrentContractContext)), Migration(Version)]
public sealed class CurrentAddFarewell : AddFarewell;

/// <summary><see cref="ContractRelease.Failing"/>.</summary>
public sealed class FailingContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FailingContractContext)), Migration(Version)]
public sealed class FailingCreateNotes : CreateContractNotes;

[DbContext(typeof(FailingContractContext)), Migration(Version)]
public sealed class FailingAddGreeting : AddGreeting;

[DbContext(typeof(FailingContractContext)), Migration(Version)]
public sealed class FailingFailHalfWay : FailHalfWay;

/// <summary><see cref="ContractRelease.Endless"/>.</summary>
public sealed class EndlessContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(EndlessContractContext)), Migration(Version)]
public sealed class EndlessCreateNotes : CreateContractNotes;

[DbContext(typeof(EndlessContractContext)), Migration(Version)]
public sealed class EndlessAddGreeting : AddGreeting;

[DbContext(typeof(EndlessContractContext)), Migration(Version)]
public sealed class EndlessRunForEver : RunForEver;

/// <summary><see cref="ContractRelease.Indexed"/>.</summary>
public sealed class IndexedContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(IndexedContractContext)), Migration(Version)]
public sealed class IndexedCreateNotes : CreateContractNotes;

[DbContext(typeof(IndexedContractContext)), Migration(Version)]
public sealed class IndexedAddGreeting : AddGreeting;

[DbContext(typeof(IndexedContractContext)), Migration(Version)]
public sealed class IndexedAddFarewell : AddFarewell;

[DbContext(typeof(IndexedContractContext)), Migration(ContractVersion.AddIndex)]
public sealed class IndexedAddIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("ix_notes_text", "notes", "text");
        migrationBuilder.Sql(
            "CREATE TABLE settings (id integer NOT NULL PRIMARY KEY, kind text NOT NULL DEFAULT 'plain')"
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("settings");
}

/// <summary><see cref="ContractRelease.Other"/>.</summary>
public sealed class OtherContractContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(OtherContractContext)), Migration(ContractVersion.CreateOthers)]
public sealed class OtherCreateOthers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("others", table => new { text = table.Column<string>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("others");
}
