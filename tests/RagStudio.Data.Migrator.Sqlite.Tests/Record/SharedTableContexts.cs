using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>
/// A context that shares its file and EF's default history table with <see cref="LettersContext"/>, in the
/// same program.
/// </summary>
public sealed class NumbersContext(DbContextOptions options) : DbContext(options);

/// <summary>A context with ids between those of <see cref="NumbersContext"/>, and one after them.</summary>
public sealed class LettersContext(DbContextOptions options) : DbContext(options);

/// <summary>The next release of <see cref="LettersContext"/>, in which the class is renamed.</summary>
public sealed class RenamedLettersContext(DbContextOptions options) : DbContext(options);

public abstract class SharedTableMigration(string up, string down) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(up);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(down);
}

[DbContext(typeof(NumbersContext)), Migration("20240101000000_CreateNumbers")]
public sealed class CreateNumbers()
    : SharedTableMigration("CREATE TABLE numbers (id INTEGER PRIMARY KEY)", "DROP TABLE numbers");

[DbContext(typeof(NumbersContext)), Migration("20240301000000_NameNumbers")]
public sealed class NameNumbers()
    : SharedTableMigration("ALTER TABLE numbers ADD COLUMN name TEXT", "ALTER TABLE numbers DROP COLUMN name");

[DbContext(typeof(LettersContext)), Migration("20240201000000_CreateLetters")]
public sealed class CreateLetters()
    : SharedTableMigration("CREATE TABLE letters (id INTEGER PRIMARY KEY)", "DROP TABLE letters");

[DbContext(typeof(LettersContext)), Migration("20240401000000_NameLetters")]
public sealed class NameLetters()
    : SharedTableMigration("ALTER TABLE letters ADD COLUMN name TEXT", "ALTER TABLE letters DROP COLUMN name");

[DbContext(typeof(RenamedLettersContext)), Migration("20240201000000_CreateLetters")]
public sealed class RenamedCreateLetters()
    : SharedTableMigration("CREATE TABLE letters (id INTEGER PRIMARY KEY)", "DROP TABLE letters");

[DbContext(typeof(RenamedLettersContext)), Migration("20240401000000_NameLetters")]
public sealed class RenamedNameLetters()
    : SharedTableMigration("ALTER TABLE letters ADD COLUMN name TEXT", "ALTER TABLE letters DROP COLUMN name");

[DbContext(typeof(RenamedLettersContext)), Migration("20240501000000_CountLetters")]
public sealed class CountLetters()
    : SharedTableMigration("ALTER TABLE letters ADD COLUMN count INTEGER", "ALTER TABLE letters DROP COLUMN count");
