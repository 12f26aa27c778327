using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The operations of an archived migration as EF's class: what is asked of a migration is asked of them.</summary>
/// <param name="version">Its id.</param>
/// <param name="up">The operations that apply it.</param>
/// <param name="down">The operations that revert it.</param>
internal sealed class ArchivedOperations(
    string version,
    IReadOnlyList<MigrationOperation> up,
    IReadOnlyList<MigrationOperation> down
) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Operations.AddRange(up);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Operations.AddRange(down);

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        throw new InvalidOperationException(
            $"The SQL depends on the model of {version}, which is archived: only what was compiled before can be used."
        );
}
