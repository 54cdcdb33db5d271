// The words of the diary page, in both languages.
const chineseSlots = { morning: "早晨", evening: "晚间" };

/** The causes that the station itself gives; those that somebody wrote stay as they are. */
const causeInChinese = (cause) => cause === "first reading" ? "首次读数" : cause
  .replace(/^(.+) was reset$/, "$1 已重置").replace(/^(.+) was switched off and on$/, "$1 已断电重启")
  .replace(/^(.+) was its bus taken from the driver and given back$/, "$1 的总线已由驱动重新接管")
  .replace(/^(\S+) calibrated: /, "$1 已校准：");

export const diaryWords = {
  en: {
    "span": "Time shown", "presets": "How much time", "14 days": "14 days", "90 days": "90 days",
    "1 year": "1 year", "all": "All", "from": "From", "to": "To", "person": "Person",
    "site": "Site", "all sites": "all sites", "move": "Move through time",
    "earlier": "Earlier", "later": "Later", "zoom in": "Zoom in", "zoom out": "Zoom out",
    "range": "All of the diary, and what is shown of it", "range from": "Shown from",
    "range to": "Shown to",
    "shown span": (from, to, days) => `${from} to ${to}, ${days} ${days === 1 ? "day" : "days"}.`,
    "bucket": (days) => days === 1 ? "Each point is one value."
      : `Each point is the median of ${days} days; the shade reaches from the least to the most of them.`,
    "asking": "Asking the station…", "ask again": "Ask again", "nothing kept":
      "There is nothing in the diary yet. Tap the probe on your skin, and the curve begins.",
    "nothing in span": "There is no value in this time.",
    "no library": "The curves need the library dygraphs (Debian: libjs-dygraphs), which the station "
      + "does not have. All values are in the table below.",
    "curves": "Curves", "legend": "What the signs mean",
    "how": "How to zoom, move and explain", "keys": "Drag over a curve to zoom, drag with Shift to move; with a finger, drag to move and "
      + "pinch to zoom. Click a point to see how it came to be. By keyboard: left and right go along "
      + "the points, up and down change between morning and evening, Enter explains, plus and minus "
      + "zoom, Page Up and Page Down move.",
    "plot": (name) => `${name}, curve`,
    "legend morning": "morning", "legend evening": "evening",
    "legend morning mean": "mean of 7 mornings", "legend evening mean": "mean of 7 evenings",
    "legend suspect": "suspect or bad value", "legend envelope": "least to most of several days",
    "legend morning baseline": "own baseline, mornings", "legend evening baseline": "own baseline, evenings",
    "legend epoch": "a new epoch: values before and after do not compare",
    "legend event": "an event, by its letter", "legend gap": "a break in the line: no value",
    "events shown": "Events drawn in the curves", "air": "air",
    "readout": (when, slot, value, unit) => `${when}, ${slot}: ${value}${unit ? " " + unit : ""}`,
    "readout mean": (value) => `7-day mean ${value}`,
    "readout bucket": (n, least, most) => `median of ${n} ${n === 1 ? "value" : "values"}, ${least} to ${most}`,
    "readout span": (least, most) => `${least} to ${most}`,
    "quality ok": "good", "quality word suspect": "suspect", "quality word bad": "bad",
    "epoch": (number, when, cause) => `E${number}, ${when}: ${cause}`, "epochs": "Epochs",
    "cause": (cause) => cause,
    "csv": "These values as CSV", "csv of": (name) => `${name}: CSV`,
    "table": "Values as a table", "what": "What", "newer": "Newer", "older": "Older",
    "column date": "Date", "column slot": "Slot", "column site": "Site", "column value": "Value",
    "column mean": "7-day mean", "column week": "against 7 days", "column baseline": "against baseline",
    "column touches": "Touches", "column quality": "Quality", "column explain": "Explanation",
    "column time": "Time", "column event": "Event", "column weight": "Weight", "column note": "Note",
    "rows": (count, page) => count === 0 ? "No values in this time."
      : `${count} ${count === 1 ? "value" : "values"}, page ${page}, the latest first.`,
    "events": "Events", "no events": "No events in this time.",
    "more events": (count) => `Show ${count} more`,
    "explanation of": (name, slot, when) => `${name}, ${slot} of ${when}`,
    "bucket of": (name, slot, from, to) => `${name}, ${slot}s from ${from} to ${to}`,
    "explain one": (when, slot) => `How it came to be: ${when}, ${slot}`, "back": "Back",
    "no explanation": "The diary knows nothing of this value.",
  },
  "zh-Hans": {
    "span": "显示的时间", "presets": "时间长度", "14 days": "14 天", "90 days": "90 天",
    "1 year": "1 年", "all": "全部", "from": "从", "to": "到", "person": "人",
    "site": "部位", "all sites": "所有部位", "move": "移动时间",
    "earlier": "更早", "later": "更晚", "zoom in": "放大", "zoom out": "缩小",
    "range": "整本日记，以及当前显示的部分", "range from": "显示的起点", "range to": "显示的终点",
    "shown span": (from, to, days) => `${from}至${to}，共 ${days} 天。`,
    "bucket": (days) => days === 1 ? "每个点是一个数值。"
      : `每个点是 ${days} 天的中位数；阴影表示这些天的最小值到最大值。`,
    "asking": "正在询问站点…", "ask again": "再问一次",
    "nothing kept": "日记里还没有内容。用探头轻触皮肤，曲线就从这里开始。",
    "nothing in span": "这段时间没有数值。",
    "no library": "曲线需要 dygraphs 程序库（Debian 软件包：libjs-dygraphs），站点上没有安装。所有数值都在下面的表格里。",
    "curves": "曲线", "legend": "图例",
    "how": "如何缩放、移动和查看说明", "keys": "在曲线上拖动可放大，按住 Shift 拖动可平移；用手指时，单指拖动平移，双指缩放。点一个点可以看它是怎么来的。"
      + "用键盘：左右键沿着点移动，上下键在早晨和晚间之间切换，回车键查看说明，加号和减号缩放，Page Up 和 Page Down 平移。",
    "plot": (name) => `${name}曲线`,
    "legend morning": "早晨", "legend evening": "晚间",
    "legend morning mean": "7 个早晨的平均", "legend evening mean": "7 个晚间的平均",
    "legend suspect": "可疑或无效的数值", "legend envelope": "多天的最小值到最大值",
    "legend morning baseline": "个人基线（早晨）", "legend evening baseline": "个人基线（晚间）",
    "legend epoch": "新的基线期：前后的数值不可比较", "legend event": "事件，用字母表示",
    "legend gap": "线断开处：没有数值",
    "events shown": "曲线上显示的事件", "air": "空气",
    "readout": (when, slot, value, unit) => `${when}${slot}：${value}${unit ? " " + unit : ""}`,
    "readout mean": (value) => `7 天平均 ${value}`,
    "readout bucket": (n, least, most) => `${n} 个数值的中位数，${least} 到 ${most}`,
    "readout span": (least, most) => `${least} 到 ${most}`,
    "quality ok": "良好", "quality word suspect": "可疑", "quality word bad": "无效",
    "epoch": (number, when, cause) => `E${number}，${when}：${cause}`, "epochs": "基线期",
    "cause": causeInChinese,
    "csv": "这些数值（CSV）", "csv of": (name) => `${name}：CSV`,
    "table": "数值表格", "what": "项目", "newer": "较新", "older": "较早",
    "column date": "日期", "column slot": "时段", "column site": "部位", "column value": "数值",
    "column mean": "7 天平均", "column week": "与近 7 天相比", "column baseline": "与个人基线相比",
    "column touches": "触测次数", "column quality": "质量", "column explain": "说明",
    "column time": "时间", "column event": "事件", "column weight": "权重", "column note": "备注",
    "rows": (count, page) => count === 0 ? "这段时间没有数值。"
      : `第 ${page} 页，${count} 个数值，最新的在前。`,
    "events": "事件", "no events": "这段时间没有事件。",
    "more events": (count) => `再显示 ${count} 个`,
    "explanation of": (name, slot, when) => `${name}，${when}${chineseSlots[slot] ?? slot}`,
    "bucket of": (name, slot, from, to) => `${name}，${from}至${to}的${chineseSlots[slot] ?? slot}`,
    "explain one": (when, slot) => `这个数是怎么来的：${when}${slot}`, "back": "返回",
    "no explanation": "日记里没有这个数值的记录。",
  },
};
