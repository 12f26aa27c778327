using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>
/// Migrations that destroy rows need consent, which is required before anything is backed up or changed.
/// </summary>
internal sealed class ConsentTests : FakeSetTest
{
    [Test]
    public void MigrateAsync_refuses_what_drops_rows_and_changes_nothing()
    {
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Set.Manager(Set.Database("shop", AddTwo), Set.Database("archive", Drop<Unannounced>())).MigrateAsync()
        );

        Assert.Multiple(() =>
        {
            Assert.That(refusal!.Database, Is.EqualTo("archive"));
            Assert.That(refusal.Versions, Is.EqualTo(new[] { "2" }));
            Assert.That(refusal.Phase, Is.EqualTo(MigrationPhase.Plan));
            Assert.That(refusal.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(
                refusal.Message,
                Does.Contain("'archive'")
                    .And.Contain("2 drops the table 'rows' with 1 row.")
                    .And.Contain("--allow-destructive")
                    .And.Contain("[DestructiveMigration]")
            );
            Assert.That(Calls.Log, Has.None.StartsWith("backup").And.None.StartsWith("migrate"));
        });
        AssertNothingHasChanged();
    }

    [Test]
    public async Task MigrateAsync_drops_rows_where_the_options_allow_it()
    {
        var manager = Set.Manager(
            options => options.AllowDestructive = true,
            Set.Database("shop", Drop<Unannounced>())
        );

        var summary = await manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("shop"), Is.EqualTo("1 2 | "));
    }

    [Test]
    public async Task MigrateAsync_drops_rows_where_the_migration_states_the_reason()
    {
        var summary = await Set.Manager(Set.Database("shop", Drop<Stated>())).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("shop"), Is.EqualTo("1 2 | "));
    }

    [Test]
    public async Task MigrateAsync_needs_no_consent_where_there_is_no_row()
    {
        var summary = await Set.Manager(Set.Database("new", Drop<Unannounced>())).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("new"), Is.EqualTo("1 2 | "));
    }

    [Test]
    public async Task RollbackToVersionAsync_is_not_refused()
    {
        var manager = Set.Manager(
            options => options.AllowDestructive = true,
            Set.Database("shop", Drop<Unannounced>())
        );
        await manager.MigrateAsync();

        var summary = await Set.Manager(Set.Database("shop", Drop<Unannounced>())).RollbackToVersionAsync("1");

        Assert.That(summary.Success);
        Assert.That(Set.State("shop"), Is.EqualTo("1 | "));
    }

    //            rows  announced  refused
    [TestCase(1, 1, false)]
    [TestCase(2, 1, true)]
    [TestCase(2, long.MaxValue, false)]
    public void Unannounced_leaves_out_the_deleted_rows_that_the_migration_announces(
        long rows,
        long announced,
        bool refused
    )
    {
        var finding = new PlanFinding(PlanFindingKind.StatementWithoutWhere, "renamed", null, rows, true, "");
        var type = announced == 1 ? typeof(RemovesOne) : typeof(RemovesAll);

        var unannounced = DestructiveConsent.Unannounced(
            Set.Database("archive"),
            new KnownMigration("1", type),
            [Answer(type, finding, "rows")]
        );

        Assert.That(unannounced, refused ? Is.EqualTo(new[] { finding }) : Is.Empty);
    }

    [Test]
    public void Unannounced_has_dropped_tables_whatever_rows_are_announced()
    {
        var finding = new PlanFinding(PlanFindingKind.DroppedTable, "rows", null, 1, true, "");

        var unannounced = DestructiveConsent.Unannounced(
            Set.Database("archive"),
            new KnownMigration("1", typeof(RemovesAll)),
            [Answer(typeof(RemovesAll), finding, "rows")]
        );

        Assert.That(unannounced, Is.EqualTo(new[] { finding }));
    }

    [Test]
    public void Unannounced_has_the_rows_of_a_table_whose_name_differs_in_case_where_that_is_another_table()
    {
        var finding = new PlanFinding(PlanFindingKind.StatementWithoutWhere, "Rows", null, 1, true, "");

        var unannounced = DestructiveConsent.Unannounced(
            Set.Database("archive"),
            new KnownMigration("1", typeof(RemovesAll)),
            [Answer(typeof(RemovesAll), finding, "Rows")]
        );

        Assert.That(unannounced, Is.EqualTo(new[] { finding }));
    }

    private static ConfirmedFinding Answer(Type migration, PlanFinding finding, string table) =>
        new(
            new CandidateFinding(new KnownMigration("1", migration), finding.Kind)
            {
                LiveTable = table,
                Query = new DataQuery(DataQueryKind.Rows, table, []),
            },
            finding
        );

    private static FakeMigration Drop<TMigration>()
        where TMigration : Migration =>
        FakeMigration.Of("2", content => content.Tables.Remove("rows"), content => content.Tables.Add("rows", [])) with
        {
            Type = typeof(TMigration),
            Drops = "rows",
        };

    private class Unannounced : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("rows");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("-- undo");
    }

    [DestructiveMigration("Nobody reads them.")]
    private sealed class Stated : Unannounced;

    [RemovesRows("rows", AtMost = 1)]
    private sealed class RemovesOne : Unannounced;

    [RemovesRows("rows")]
    private sealed class RemovesAll : Unannounced;
}
