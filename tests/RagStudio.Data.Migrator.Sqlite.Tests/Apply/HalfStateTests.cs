namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>
/// The result of a program that was killed while EF migrated unguarded: changes that its history does not
/// record.
/// </summary>
public sealed class HalfStateTests : ShopTest
{
    [Test]
    public async Task A_table_that_is_there_already_is_told_with_where_to_look()
    {
        var manager = Shop.Manager<StepsContext>();
        await manager.MigrateToVersionAsync(FirstStep.Version);
        Shop.Execute("CREATE TABLE second (id INTEGER NOT NULL); INSERT INTO second VALUES (7)");

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Version, Is.EqualTo(SecondStep.Version));
            Assert.That(
                failure.Contradictions,
                Is.EqualTo(new[] { "no applied migration creates the table 'second'" })
            );
            Assert.That(
                failure.Message,
                Does.Contain("already exists")
                    .And.Contain("from what its history records")
                    .And.Contain("'ragstudio-db status'")
                    .And.Contain("'ragstudio-db validate'")
                    .And.Contain("'ragstudio-db adopt --dry-run'")
                    .And.EndWith("Every database is as it was before.")
            );
            Assert.That(Shop.Scalar<long>("SELECT id FROM second"), Is.EqualTo(7));
            Assert.That(
                Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
                Is.EqualTo(new[] { FirstStep.Version })
            );
        });
    }

    [Test]
    public async Task A_column_and_what_a_rebuild_has_left_are_told_too()
    {
        var manager = Shop.Manager<ShopContext>();
        await manager.MigrateToVersionAsync(IndexOrders.Version);
        Shop.Execute("CREATE TABLE ef_temp_orders (id INTEGER)");

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Version, Is.EqualTo(RequireCustomer.Version));
        Assert.That(failure.Contradictions, Has.One.Contains("ef_temp_orders"));
    }

    [Test]
    public async Task A_table_of_somebody_elses_that_the_error_does_not_name_is_not_blamed()
    {
        var manager = Shop.Manager<StepsContext>();
        await manager.MigrateToVersionAsync(FirstStep.Version);
        Shop.Execute(
            "CREATE TABLE notes (id INTEGER); CREATE TABLE sec (id INTEGER); CREATE TABLE second (id INTEGER)"
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Contradictions, Is.EqualTo(new[] { "no applied migration creates the table 'second'" }));
    }
}
