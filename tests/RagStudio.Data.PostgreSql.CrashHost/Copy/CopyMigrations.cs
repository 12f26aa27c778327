using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>Works on both: what is not said follows from the class of a column and from the provider.</summary>
[DbContext(typeof(ThingContext)), Migration("20260201000000_CreateThings")]
public sealed class CreateThings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var isServer = ActiveProvider!.StartsWith("Npgsql", StringComparison.Ordinal);
        migrationBuilder.CreateTable(
            "owners",
            table => new { Id = table.Column<string>(nullable: false), FavoriteId = table.Column<int>(nullable: true) },
            constraints: table =>
            {
                table.PrimaryKey("PK_owners", one => one.Id);
                if (!isServer)
                {
                    // SQLite cannot add it later.
                    table.ForeignKey("FK_owners_things", one => one.FavoriteId, "things", "Id");
                }
            }
        );
        migrationBuilder.CreateTable(
            "things",
            table => new
            {
                Id = Identity(table.Column<int>(nullable: false)),
                Name = table.Column<string>(nullable: false),
                Document = table.Column<string>(type: isServer ? "jsonb" : "TEXT", nullable: true),
                Active = table.Column<bool>(nullable: false),
                Kind = table.Column<string>(nullable: false),
                Amount = table.Column<decimal>(precision: 18, scale: 4, nullable: false),
                Ratio = table.Column<double>(nullable: false),
                At = table.Column<DateTimeOffset>(nullable: false),
                Taken = table.Column<DateTimeOffset>(nullable: true),
                Token = table.Column<Guid>(nullable: false),
                Payload = table.Column<byte[]>(nullable: true),
                Note = table.Column<string>(maxLength: 10, nullable: true),
                Day = table.Column<DateOnly>(nullable: true),
                Span = table.Column<TimeSpan>(nullable: true),
                Big = table.Column<long>(nullable: false),
                ParentId = table.Column<int>(nullable: true),
                OwnerId = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_things", one => one.Id);
                table.ForeignKey("FK_things_things", one => one.ParentId, "things", "Id");
                table.ForeignKey("FK_things_owners", one => one.OwnerId, "owners", "Id");
            }
        );
        if (isServer)
        {
            migrationBuilder.AddForeignKey("FK_owners_things", "owners", "FavoriteId", "things", principalColumn: "Id");
        }
        migrationBuilder.CreateIndex("IX_things_Name", "things", "Name", unique: true);
        migrationBuilder.CreateIndex("IX_things_Taken", "things", "Taken", unique: true);
        migrationBuilder.CreateIndex("IX_things_ParentId", "things", "ParentId");
        migrationBuilder.CreateIndex("IX_things_OwnerId", "things", "OwnerId");
        migrationBuilder.CreateIndex("IX_owners_FavoriteId", "owners", "FavoriteId");
        migrationBuilder.Sql("INSERT INTO owners (\"Id\") VALUES ('seeded')");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();

    private static OperationBuilder<AddColumnOperation> Identity(OperationBuilder<AddColumnOperation> column) =>
        column
            .Annotation("Sqlite:Autoincrement", true)
            .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}

[DbContext(typeof(LogContext)), Migration("20260202000000_CreateLog")]
public sealed class CreateLog : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var isServer = ActiveProvider!.StartsWith("Npgsql", StringComparison.Ordinal);
        migrationBuilder.CreateTable(
            "log_lines",
            table => new
            {
                Id = table
                    .Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation(
                        "Npgsql:ValueGenerationStrategy",
                        NpgsqlValueGenerationStrategy.IdentityByDefaultColumn
                    ),
                Time = table.Column<string>(nullable: false, collation: isServer ? "C" : null),
                Data = table.Column<string>(type: isServer ? "json" : "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_log_lines", one => one.Id)
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();
}
