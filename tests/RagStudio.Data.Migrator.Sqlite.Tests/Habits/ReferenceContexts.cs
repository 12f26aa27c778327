using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>A table whose columns use SQLite's names for the rowid.</summary>
public sealed class RowIdContext(DbContextOptions<RowIdContext> options) : DbContext(options);

[DbContext(typeof(RowIdContext))]
[Migration("20240101000000_Create")]
public sealed class CreateRowIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE Orders (Id INTEGER PRIMARY KEY)");
        migrationBuilder.Sql(
            "CREATE TABLE Lines (Id INTEGER PRIMARY KEY, RowId TEXT, OrderId INTEGER REFERENCES Orders (Id))"
        );
        migrationBuilder.Sql(
            "CREATE TABLE Parts (RowId TEXT, _rowid_ TEXT, Oid TEXT, Code TEXT PRIMARY KEY, OrderId INTEGER REFERENCES Orders (Id))"
        );
    }
}

[DbContext(typeof(RowIdContext))]
[Migration("20240201000000_AddNote")]
public sealed class AddNoteToRowIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Note", "Orders", "TEXT", nullable: true);
}

/// <summary>Tables without a rowid.</summary>
public sealed class NoRowIdContext(DbContextOptions<NoRowIdContext> options) : DbContext(options);

[DbContext(typeof(NoRowIdContext))]
[Migration("20240101000000_Create")]
public sealed class CreateNoRowIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE Tags (Name TEXT PRIMARY KEY) WITHOUT ROWID");
        migrationBuilder.Sql(
            "CREATE TABLE Links (Doc INT, Tag TEXT REFERENCES Tags (Name), Note TEXT, PRIMARY KEY (Doc, Tag)) WITHOUT ROWID"
        );
    }
}

[DbContext(typeof(NoRowIdContext))]
[Migration("20240201000000_More")]
public sealed class AddColorToNoRowIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE Tags ADD COLUMN Color TEXT");
}

/// <summary>A foreign key to a column that is not a key, which SQLite refuses to check.</summary>
public sealed class MismatchContext(DbContextOptions<MismatchContext> options) : DbContext(options);

[DbContext(typeof(MismatchContext))]
[Migration("20240101000000_Create")]
public sealed class CreateMismatch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE Messages (Id TEXT NOT NULL, Subject TEXT)");
        migrationBuilder.Sql(
            "CREATE TABLE Relays (Id INTEGER PRIMARY KEY, MessageId TEXT REFERENCES Messages (Id) ON DELETE CASCADE)"
        );
        migrationBuilder.Sql("CREATE TABLE Teams (Id INTEGER PRIMARY KEY)");
        migrationBuilder.Sql("CREATE TABLE Members (Id INTEGER PRIMARY KEY, TeamId INTEGER REFERENCES Teams (Id))");
    }
}

[DbContext(typeof(MismatchContext))]
[Migration("20240201000000_AddNote")]
public sealed class AddNoteToMismatch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE Teams ADD COLUMN Note TEXT");
}
