using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

public sealed class TelemetryTests : ShopTest
{
    [Test]
    public async Task The_activities_of_a_run_name_SQLite_and_end_where_they_began()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MigratorDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(ended.Count(activity => activity.DisplayName == "apply shop"), Is.EqualTo(3));
            Assert.That(ended.Select(activity => activity.GetTagItem("db.system.name")), Is.All.EqualTo("sqlite"));
            Assert.That(ended.Last().DisplayName, Is.EqualTo("migrate"), "the root ends last");
            Assert.That(Activity.Current, Is.Null);
        });
    }

    [Test]
    public void A_migration_whose_time_is_over_is_told_as_a_timeout()
    {
        Assert.DoesNotThrowAsync(() => Shop.CreateFirstReleaseAsync(orders: 4000));
        var errors = new ConcurrentQueue<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == MigratorDiagnostics.MigrationDuration)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => errors.Enqueue(tags.ToArray().FirstOrDefault(tag => tag.Key == "error.type").Value)
        );
        listener.Start();

        Assert.ThrowsAsync<MigrationTimeoutException>(() =>
            Shop.Manager<SlowShopContext>(o => o.MigrationTimeout = TimeSpan.FromMilliseconds(50)).MigrateAsync()
        );

        Assert.That(errors.Last(), Is.EqualTo(typeof(MigrationTimeoutException).FullName));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(4000));
    }
}
