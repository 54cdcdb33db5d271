// The words that all pages use, and those of Tonight, in both languages.

const degreesMore = {
  "skin.moisture": ["moister", "drier"], "skin.sebum": ["oilier", "less oily"],
  "skin.temperature": ["warmer", "cooler"], "skin.force": ["harder", "lighter"],
};
const slotsOf = { morning: "mornings", evening: "evenings" };
const chineseMore = {
  "skin.moisture": ["更润", "更干"], "skin.sebum": ["更油", "油脂更少"],
  "skin.temperature": ["更暖", "更凉"], "skin.force": ["更用力", "更轻"],
};
const chineseSlots = { morning: "早晨", evening: "晚间" };

export const words = {
  en: {
    "skip": "Skip to the page", "pages": "Pages", "light": "Light or dark",
    "tonight": "Tonight", "diary": "Diary", "findings": "Findings", "station": "Station",
    "station off": "The station does not answer. What you see is what it last said.",
    "kept since": (time) => `The station is off. What you see is as it was at ${time}.`,
    "morning": "morning", "evening": "evening",
    "state none": "…", "state ready": "Ready", "state hold": "Hold…", "state lift": "Lift",
    "state counted": "Good", "state again": "Again", "state site": "Next place",
    "state saved": "Saved", "state not_saved": "Not saved yet", "state off": "The station is off",
    "touch of": (site, number) => `${site}, touch ${number}`,
    "counted": (accepted, touches) => `${accepted} of ${touches} touches count`,
    "held": "It is held in memory until it is on the disk.",
    "refusal too_short": "too short: hold until the light goes out",
    "refusal too_light": "too light: press so that it lies flat",
    "refusal too_hard": "too hard: rest it on the skin", "refusal unsteady": "not steady",
    "refusal absent": "the part did not answer", "refusal interrupted": "interrupted",
    "whose": "Whose tap is next", "today's numbers": "Today’s numbers",
    "no values": "No reading yet. Tap the probe on your skin.",
    "not yet": (kind, n, needed, slot) => kind === "week"
      ? `Against your last 7 days: not yet, ${n} of ${needed} ${slotsOf[slot]}`
      : `Against your own baseline: not yet, ${n} of ${needed} ${slotsOf[slot]}`,
    "against": (size, isMore, channel, kind, slot, z) => {
      const than = kind === "week" ? `your last 7 ${slotsOf[slot]}` : "your own baseline";
      if (size === 0) return `About as ${kind === "week" ? "in " : ""}${than} (${z})`;
      const degree = ["", "a little", "clearly", "far"][size];
      const word = (degreesMore[channel] ?? ["higher", "lower"])[isMore ? 0 : 1];
      return `${degree[0].toUpperCase()}${degree.slice(1)} ${word} than ${kind === "week" ? "in " : ""}${than} (${z})`;
    },
    "quality suspect": "Suspect:", "quality bad": "Bad:", "explain": "How it came to be",
    "reason spread": "the touches disagree", "reason cleansed": "washed shortly before",
    "reason climate": "the air was far from usual", "reason climate_not_ideal": "the air was not ideal",
    "how it feels": "How your skin feels today, 0 to 5", "score oil": "Oil",
    "score hydration": "Hydration", "score elasticity": "Elasticity", "score gloss": "Gloss",
    "score sensitivity": "Sensitivity",
    "what happened": "What happened", "noted today": "Noted today", "nothing": "nothing yet",
    "event late_night": "Late night", "event spicy_food": "Spicy food", "event alcohol": "Alcohol",
    "event stress": "Stress", "event sun": "Sun", "event new_product": "New product",
    "event cleansed": "Face washed", "event moisturised": "Moisturised",
    "event cycle_start": "Cycle began", "event travel": "Travel",
    "saved it": (name) => `${name}: saved`, "taken back": (name) => `${name}: taken back`,
    "undo": "Undo", "take back": "Take back",
    "air of the room": "The air of the room", "no air": "No sample of the last hour.",
    "absent": "absent:", "absence notPresent": "not there", "absence notReady": "not ready",
    "absence timedOut": "no answer in time", "absence corrupted": "garbled",
    "absence outOfRange": "out of range", "absence warming": "warming up", "absence stale": "out of date",
    "absence switchedOff": "switched off",
    "skin.moisture": "Moisture", "skin.sebum": "Sebum", "skin.force": "Force",
    "skin.temperature": "Skin temperature", "air.temperature": "Temperature", "air.humidity": "Humidity",
    "air.pm1": "PM1", "air.pm2_5": "PM2.5", "air.pm4": "PM4", "air.pm10": "PM10",
    "air.voc_index": "VOC index", "air.nox_index": "NOx index", "air.co2": "CO₂",
    "air.pressure": "Pressure",
    "unit skin.moisture": "index", "unit skin.sebum": "index", "unit skin.force": "N",
    "unit skin.temperature": "°C", "unit air.temperature": "°C", "unit air.humidity": "%RH",
    "unit air.pm1": "µg/m³", "unit air.pm2_5": "µg/m³", "unit air.pm4": "µg/m³",
    "unit air.pm10": "µg/m³", "unit air.voc_index": "", "unit air.nox_index": "", "unit air.co2": "ppm",
    "unit air.pressure": "Pa",
    "site cheek": "cheek", "site forehead": "forehead", "site chin": "chin", "site nose": "nose",
    "close": "Close",
    "pair title": "Pair this device", "pair how": "On the station, run",
    "pair then": "and type the eight digits here.", "pair code": "Code", "pair do": "Pair",
    "pair done": "Paired.",
  },
  "zh-Hans": {
    "skip": "跳到正文", "pages": "页面", "light": "明暗",
    "tonight": "今晚", "diary": "日记", "findings": "发现", "station": "站点",
    "station off": "站点没有回应。您看到的是它最后一次的数据。",
    "kept since": (time) => `站点已关闭。您看到的是 ${time} 的状态。`,
    "morning": "早晨", "evening": "晚间",
    "state none": "…", "state ready": "就绪", "state hold": "按住…", "state lift": "拿开",
    "state counted": "很好", "state again": "再来一次", "state site": "下一个部位",
    "state saved": "已保存", "state not_saved": "尚未保存", "state off": "站点已关闭",
    "touch of": (site, number) => `${site}，第 ${number} 次触测`,
    "counted": (accepted, touches) => `${touches} 次触测中有 ${accepted} 次计入`,
    "held": "先存在内存里，写入磁盘后才算保存。",
    "refusal too_short": "太短：按住直到灯灭", "refusal too_light": "太轻：请贴平按压",
    "refusal too_hard": "太重：轻放在皮肤上即可", "refusal unsteady": "不稳定",
    "refusal absent": "部件没有回应", "refusal interrupted": "被中断",
    "whose": "下一次测量属于谁", "today's numbers": "今天的数值",
    "no values": "还没有读数。请用探头轻触皮肤。",
    "not yet": (kind, n, needed, slot) => kind === "week"
      ? `与近 7 天相比：数据不足，${chineseSlots[slot]} ${n}/${needed}`
      : `与个人基线相比：数据不足，${chineseSlots[slot]} ${n}/${needed}`,
    "against": (size, isMore, channel, kind, slot, z) => {
      const than = kind === "week" ? `近 7 个${chineseSlots[slot]}` : "个人基线";
      if (size === 0) return `与${than}差不多（${z}）`;
      const word = (chineseMore[channel] ?? ["更高", "更低"])[isMore ? 0 : 1];
      return `比${than}${["", "略微", "明显", "远远"][size]}${word}（${z}）`;
    },
    "quality suspect": "可疑：", "quality bad": "无效：", "explain": "这个数是怎么来的",
    "reason spread": "几次触测不一致", "reason cleansed": "刚洗过脸",
    "reason climate": "空气与平时差别很大", "reason climate_not_ideal": "空气条件不理想",
    "how it feels": "今天皮肤感觉如何（0 到 5）", "score oil": "油光", "score hydration": "水润",
    "score elasticity": "弹性", "score gloss": "光泽", "score sensitivity": "敏感",
    "what happened": "发生了什么", "noted today": "今天的记录", "nothing": "还没有",
    "event late_night": "熬夜", "event spicy_food": "辛辣食物", "event alcohol": "饮酒",
    "event stress": "压力", "event sun": "日晒", "event new_product": "新产品",
    "event cleansed": "洗脸", "event moisturised": "涂保湿", "event cycle_start": "月经开始",
    "event travel": "旅行",
    "saved it": (name) => `${name}:已保存`, "taken back": (name) => `${name}:已撤回`,
    "undo": "撤销", "take back": "撤回",
    "air of the room": "室内空气", "no air": "最近一小时没有采样。",
    "absent": "缺失：", "absence notPresent": "部件不在", "absence notReady": "尚未就绪",
    "absence timedOut": "未及时回应", "absence corrupted": "数据损坏", "absence outOfRange": "超出量程",
    "absence warming": "预热中", "absence stale": "数据过期", "absence switchedOff": "已关闭",
    "skin.moisture": "水分", "skin.sebum": "油脂", "skin.force": "压力", "skin.temperature": "皮肤温度",
    "air.temperature": "温度", "air.humidity": "湿度", "air.pm1": "PM1", "air.pm2_5": "PM2.5",
    "air.pm4": "PM4", "air.pm10": "PM10", "air.voc_index": "VOC 指数", "air.nox_index": "NOx 指数",
    "air.co2": "二氧化碳", "air.pressure": "气压",
    "unit skin.moisture": "指数", "unit skin.sebum": "指数", "unit skin.force": "N",
    "unit skin.temperature": "°C", "unit air.temperature": "°C", "unit air.humidity": "%RH",
    "unit air.pm1": "µg/m³", "unit air.pm2_5": "µg/m³", "unit air.pm4": "µg/m³",
    "unit air.pm10": "µg/m³", "unit air.voc_index": "", "unit air.nox_index": "", "unit air.co2": "ppm",
    "unit air.pressure": "Pa",
    "site cheek": "脸颊", "site forehead": "额头", "site chin": "下巴", "site nose": "鼻子",
    "close": "关闭",
    "pair title": "配对这台设备", "pair how": "在站点上运行", "pair then": "然后在这里输入八位数字。",
    "pair code": "配对码", "pair do": "配对", "pair done": "已配对。",
  },
};

/** Adds the words of a page. */
export function learn(more) {
  for (const language of Object.keys(words)) Object.assign(words[language], more[language]);
}
