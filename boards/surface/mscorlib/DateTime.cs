namespace System
{
    public struct DateTime
    {
        private readonly long _ticks;
        public static readonly DateTime MinValue;
        public static readonly DateTime MaxValue;
        public static readonly DateTime UnixEpoch;
        public DateTime Date { get => throw null; }
        public int Day { get => throw null; }
        public DayOfWeek DayOfWeek { get => throw null; }
        public int DayOfYear { get => throw null; }
        public int Hour { get => throw null; }
        public DateTimeKind Kind { get => throw null; }
        public int Millisecond { get => throw null; }
        public int Minute { get => throw null; }
        public int Month { get => throw null; }
        public static DateTime UtcNow { get => throw null; }
        public int Second { get => throw null; }
        public long Ticks { get => throw null; }
        public TimeSpan TimeOfDay { get => throw null; }
        public static DateTime Today { get => throw null; }
        public int Year { get => throw null; }
        public DateTime(long ticks) => throw null;
        public DateTime(long ticks, DateTimeKind kind) => throw null;
        public DateTime(int year, int month, int day) => throw null;
        public DateTime(int year, int month, int day, int hour, int minute, int second) => throw null;
        public DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond) => throw null;
        public DateTime Add(TimeSpan time) => throw null;
        public DateTime AddDays(double value) => throw null;
        public DateTime AddHours(double value) => throw null;
        public DateTime AddMilliseconds(double value) => throw null;
        public DateTime AddMinutes(double value) => throw null;
        public DateTime AddSeconds(double value) => throw null;
        public DateTime AddTicks(long value) => throw null;
        public static int Compare(DateTime time1, DateTime time2) => throw null;
        public int CompareTo(object value) => throw null;
        public static int DaysInMonth(int year, int month) => throw null;
        public override bool Equals(object value) => throw null;
        public static bool Equals(DateTime time1, DateTime time2) => throw null;
        public TimeSpan Subtract(DateTime time) => throw null;
        public DateTime Subtract(TimeSpan time) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
        public static DateTime operator +(DateTime time1, TimeSpan time2) => throw null;
        public static DateTime operator -(DateTime time1, TimeSpan time2) => throw null;
        public static TimeSpan operator -(DateTime time1, DateTime time2) => throw null;
        public static bool operator ==(DateTime time1, DateTime time2) => throw null;
        public static bool operator !=(DateTime time1, DateTime time2) => throw null;
        public static bool operator <(DateTime time1, DateTime time2) => throw null;
        public static bool operator <=(DateTime time1, DateTime time2) => throw null;
        public static bool operator >(DateTime time1, DateTime time2) => throw null;
        public static bool operator >=(DateTime time1, DateTime time2) => throw null;
        public static DateTime FromUnixTimeSeconds(long value) => throw null;
        public long ToUnixTimeSeconds() => throw null;
        public override int GetHashCode() => throw null;
        public static DateTime Parse(string text) => throw null;
        public static bool TryParse(string text, out DateTime time) => throw null;
    }

    public struct TimeSpan
    {
        private readonly long _ticks;
        public const long TicksPerMillisecond = 10000;
        public const long TicksPerSecond = TicksPerMillisecond * 1000;
        public const long TicksPerMinute = TicksPerSecond * 60;
        public const long TicksPerHour = TicksPerMinute * 60;
        public const long TicksPerDay = TicksPerHour * 24;
        public static readonly TimeSpan Zero;
        public static readonly TimeSpan MaxValue;
        public static readonly TimeSpan MinValue;
        public long Ticks { get => throw null; }
        public int Days { get => throw null; }
        public int Hours { get => throw null; }
        public int Milliseconds { get => throw null; }
        public int Minutes { get => throw null; }
        public int Seconds { get => throw null; }
        public double TotalDays { get => throw null; }
        public double TotalHours { get => throw null; }
        public double TotalMilliseconds { get => throw null; }
        public double TotalMinutes { get => throw null; }
        public double TotalSeconds { get => throw null; }
        public TimeSpan(long ticks) => throw null;
        public TimeSpan(int hours, int minutes, int seconds) => throw null;
        public TimeSpan(int days, int hours, int minutes, int seconds) => throw null;
        public TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds) => throw null;
        public TimeSpan Add(TimeSpan time) => throw null;
        public static int Compare(TimeSpan time1, TimeSpan time2) => throw null;
        public int CompareTo(object value) => throw null;
        public TimeSpan Duration() => throw null;
        public override bool Equals(object value) => throw null;
        public static bool Equals(TimeSpan time1, TimeSpan time2) => throw null;
        public TimeSpan Negate() => throw null;
        public TimeSpan Subtract(TimeSpan time) => throw null;
        public static TimeSpan FromTicks(long value) => throw null;
        public static TimeSpan FromMilliseconds(long value) => throw null;
        public static TimeSpan FromSeconds(long value) => throw null;
        public static TimeSpan FromMinutes(long value) => throw null;
        public static TimeSpan FromHours(long value) => throw null;
        public static TimeSpan FromDays(long value) => throw null;
        public override string ToString() => throw null;
        public static TimeSpan operator -(TimeSpan time) => throw null;
        public static TimeSpan operator -(TimeSpan time1, TimeSpan time2) => throw null;
        public static TimeSpan operator +(TimeSpan time) => throw null;
        public static TimeSpan operator +(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator ==(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator !=(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator <(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator <=(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator >(TimeSpan time1, TimeSpan time2) => throw null;
        public static bool operator >=(TimeSpan time1, TimeSpan time2) => throw null;
        public override int GetHashCode() => throw null;
    }
}
